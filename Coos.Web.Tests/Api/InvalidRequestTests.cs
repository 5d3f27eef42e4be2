using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Rejects requests before a form is read.</summary>
[Collection(ServerCollection.Name)]
public sealed class InvalidRequestTests(CoosFixture server)
{
    private static readonly ExpectedProblem TooLarge = new(
        HttpStatusCode.RequestEntityTooLarge,
        "The upload is too large",
        "Nothing was stored. The files of a submission may have 1,048,576 bytes in total; compress them as .gz or .zip, or "
            + "leave out the probabilities."
    );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Addresses => ["/api/submissions", "/api/submissions/validate"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_body_that_is_not_a_form_is_unsupported(string address) =>
        AssertRejectedAsync(
            () => Request(address, new StringContent("{ \"benchmark\": \"tiny\" }", Encoding.UTF8, "application/json")),
            NotAForm("application/json; charset=utf-8")
        );

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_request_without_a_body_is_unsupported(string address) => AssertRejectedAsync(() => Request(address, null), NotAForm(""));

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_body_longer_than_the_limit_is_rejected_by_its_Content_Length(string address) =>
        AssertRejectedAsync(
            () =>
            {
                // With Expect: 100-continue, the client receives the response instead of writing to a closed connection.
                var request = Request(address, Large(3 * CoosFixture.MaximumBytes).Content);
                request.Headers.ExpectContinue = true;
                return request;
            },
            TooLarge
        );

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_body_longer_than_the_limit_is_rejected_without_a_Content_Length(string address) =>
        AssertRejectedAsync(
            () =>
            {
                var request = Request(address, Large(CoosFixture.MaximumBytes + (1 << 20)).Content);
                request.Headers.TransferEncodingChunked = true;
                return request;
            },
            TooLarge
        );

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task Files_whose_total_size_exceeds_the_limit_are_rejected(string address) =>
        AssertRejectedAsync(
            () => Request(address, Large(CoosFixture.MaximumBytes / 2).File("test2", new byte[1 + (CoosFixture.MaximumBytes / 2)]).Content),
            TooLarge
        );

    [Theory]
    [InlineData(
        "--b\r\nContent-Disposition: form-data; name=\"benchmark\"\r\n\r\ntiny\r\n--b\r\nContent-Disposition: "
            + "form-data; name=\"test1\"; filename=\"a\"\r\n\r\nimage_id,",
        "It ends in the middle of a part; send it again."
    )]
    [InlineData("no boundary here", "It ends in the middle of a part; send it again.")]
    public async Task A_truncated_form_is_rejected(string body, string reason)
    {
        foreach (var address in new[] { "/api/submissions", "/api/submissions/validate" })
        {
            await AssertRejectedAsync(() => Request(address, Multipart(body, "multipart/form-data; boundary=b")), Unreadable(reason));
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public Task A_form_without_a_boundary_is_rejected(string address) =>
        AssertRejectedAsync(
            () => Request(address, Multipart("--b--", "multipart/form-data")),
            Unreadable("Missing content-type boundary.")
        );

    [Theory]
    [InlineData(
        "GET",
        "/api/no-such-call",
        HttpStatusCode.NotFound,
        "Not Found",
        "This API endpoint does not exist; /swagger lists all endpoints."
    )]
    [InlineData(
        "GET",
        "/api/submissions/no-id",
        HttpStatusCode.NotFound,
        "Not Found",
        "This API endpoint does not exist; /swagger lists all endpoints."
    )]
    [InlineData(
        "DELETE",
        "/api/benchmarks",
        HttpStatusCode.MethodNotAllowed,
        "Method Not Allowed",
        "This endpoint does not support this method; the header Allow lists the supported ones."
    )]
    [InlineData(
        "PUT",
        "/api/submissions",
        HttpStatusCode.MethodNotAllowed,
        "Method Not Allowed",
        "This endpoint does not support this method; the header Allow lists the supported ones."
    )]
    public async Task Unknown_API_calls_give_a_problem_document(
        string method,
        string address,
        HttpStatusCode status,
        string title,
        string detail
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await server.Client.SendAsync(request, Cancellation);

        await new ExpectedProblem(status, title, detail).AssertAsync(response);
    }

    private static HttpRequestMessage Request(string address, HttpContent? content) => new(HttpMethod.Post, address) { Content = content };

    private static UploadForm Large(int bytes) => UploadForm.Tiny(nameof(InvalidRequestTests)).File("test1", new byte[bytes]);

    private static StringContent Multipart(string body, string contentType)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    private static ExpectedProblem NotAForm(string contentType) =>
        new(
            HttpStatusCode.UnsupportedMediaType,
            "Not a form",
            $"Nothing was stored. Content-Type is \"{contentType}\"; send multipart/form-data with the fields benchmark, "
                + "method and submitter and one file part per split, as curl -F does."
        );

    private static ExpectedProblem Unreadable(string reason) =>
        new(HttpStatusCode.BadRequest, "The form cannot be read", $"Nothing was stored. {reason}");

    private async Task AssertRejectedAsync(Func<HttpRequestMessage> send, ExpectedProblem expected)
    {
        var before = await StoredRows.CountAsync(server.Services);

        using var request = send();
        using var response = await server.Client.SendAsync(request, Cancellation);

        await expected.AssertAsync(response);
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }
}

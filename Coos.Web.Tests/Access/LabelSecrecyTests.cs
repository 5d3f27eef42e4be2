using System.Net;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// No response reveals labels. Two servers with different labels of the same images give the same responses until they score
/// a submission, and scores contain no plate, well or image id.
/// </summary>
[OneDatabase]
public sealed partial class LabelSecrecyTests
{
    private static readonly string[] Addresses =
    [
        "/",
        "/benchmarks/tiny",
        "/benchmarks/tiny/data",
        "/benchmarks/tiny/submit",
        "/benchmarks/tiny/template.zip",
        "/benchmarks/tiny/template/test1.csv",
        "/benchmarks/tiny/generalisation",
        "/benchmarks/tiny/mix",
        "/benchmarks/tiny/mix?weights=0:1&splits=test1",
        "/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods",
        "/benchmarks/tiny/consistency",
        "/api/benchmarks/tiny/consistency",
        "/api/benchmarks/tiny/forecasts",
        "/benchmarks/tiny/plates/test1",
        "/api/benchmarks",
        "/api/benchmarks/tiny",
        "/api/benchmarks/tiny/resolution",
        "/api/benchmarks/tiny/leaderboard",
        "/api/benchmarks/tiny/leaderboard?weights=0:1&splits=test1",
        "/api/benchmarks/tiny/leaderboard.csv",
        "/api/benchmarks/tiny/changes",
    ];

    /// <summary>Valid predictions, and predictions with each kind of problem that depends on the images of a split.</summary>
    private static readonly string[] PredictionFiles =
    [
        "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n",
        "image_id,label\na-0,2\na-1,2\na-2,2\na-3,0\na-4,0\na-5,0\n",
        "image_id,label\na-0,0\na-1,0\n",
        "image_id,label\na-0,0\na-0,1\na-1,9\na-2,Square\na-3,\na-4,2\na-5,2\nz-9,1\nb-0,1\n",
        "image_id,p0,p1,p2,label\na-0,0.2,0.2,0.2,0\na-1,1,0,0,1\na-2,0,1,0,1\na-3,0,1,0,1\na-4,0,0,1,2\na-5,x,0,1,2\n",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_with_different_labels_give_the_same_responses_until_they_score()
    {
        var one = await CollectResponsesAsync(
            "image_id,label,plate,well\na-0,0,P1,A1\na-1,0,P1,A1\na-2,1,P1,A2\na-3,1,P1,A2\na-4,2,P1,A3\na-5,2,P1,A3\n"
        );
        var other = await CollectResponsesAsync(
            "image_id,label,plate,well\na-0,2,P9,H9\na-1,1,P9,H9\na-2,0,P9,H9\na-3,0,P8,H8\na-4,0,P8,H8\na-5,0,P8,H7\n"
        );

        Assert.Equal(one.Count, other.Count);
        foreach (var (request, response) in one)
        {
            Assert.True(response == other[request], $"The response to {request} depends on the labels:\n{response}\n\n{other[request]}");
        }
    }

    [Fact]
    public async Task Scores_contain_no_plate_well_or_image_id()
    {
        await using var server = new TestServer();
        await WriteAsync(
            server,
            "image_id,label,plate,well\na-0,0,Plate-X9,Well-Q7\na-1,0,Plate-X9,Well-Q7\na-2,1,Plate-X9,Well-Q7\n"
                + "a-3,1,Plate-Y8,Well-R6\na-4,2,Plate-Y8,Well-R6\na-5,2,Plate-Y8,Well-R6\n"
        );
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        using var client = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 0));

        foreach (
            var path in new[]
            {
                "/api/submissions/{id}",
                "/api/submissions/{id}/confusion/test1",
                "/api/submissions/{id}/confusion/test1.csv",
                "/submissions/{id}",
                "/submissions/{id}/confusion/test1",
                "/api/benchmarks/tiny/leaderboard.csv",
            }
        )
        {
            var text = await client.GetStringAsync(path.Replace("{id}", (string)sent["id"]!, StringComparison.Ordinal), Cancellation);
            Assert.DoesNotMatch("Plate-|Well-|\\ba-[0-5]\\b", text);
        }
    }

    private static async Task<Dictionary<string, string>> CollectResponsesAsync(string labels)
    {
        await using var server = new TestServer();
        await WriteAsync(server, labels);
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        using var client = await (await TestAccount.RegisterAsync(server, "Curious")).CreateClientAsync();
        var responses = new Dictionary<string, string>();
        foreach (var path in Addresses)
        {
            using var response = await client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);
            responses[path] = path.EndsWith(".zip", StringComparison.Ordinal)
                ? Convert.ToHexString(bytes)
                : Text(System.Text.Encoding.UTF8.GetString(bytes), server);
        }

        foreach (var file in PredictionFiles)
        {
            using var response = await client.ValidateAsync(UploadForm.Tiny("").File("test1", file));
            responses[file] = Text(await response.ReadTextAsync(), server);
        }

        return responses;
    }

    private static Task WriteAsync(TestServer server, string labels) =>
        File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), labels, Cancellation);

    private static string Text(string text, TestServer server) =>
        Changing().Replace(text, "").Replace(server.Address.Authority, "server", StringComparison.Ordinal);

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|<!--[^>]*-->|value=\"CfDJ[^\"]*\"|chip-container-[0-9a-f-]{36}")]
    private static partial Regex Changing();
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Sends requests and reads responses, none of which may contain a stack trace.</summary>
internal static class HttpExtensions
{
    /// <summary>Matches a script other than the optional ones for local times, the copy button and sliders.</summary>
    public const string RequiredScript = "<script(?! type=\"module\" src=\"js/(times|copy|mix)\\.)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, UploadForm form) =>
        client.PostAsync("/api/submissions", form.Content, Cancellation);

    public static Task<HttpResponseMessage> ValidateAsync(this HttpClient client, UploadForm form) =>
        client.PostAsync("/api/submissions/validate", form.Content, Cancellation);

    /// <summary>Submits, and advances the server's clock until it responds.</summary>
    public static Task<HttpResponseMessage> SubmitAndAdvanceAsync(this HttpClient client, UploadForm form, FakeTimeProvider clock) =>
        client.PostAndAdvanceAsync("/api/submissions", form.Content, clock);

    /// <summary>Posts, and advances the server's clock until it responds.</summary>
    public static async Task<HttpResponseMessage> PostAndAdvanceAsync(
        this HttpClient client,
        string path,
        HttpContent? content,
        FakeTimeProvider clock
    )
    {
        var post = client.PostAsync(path, content, Cancellation);
        while (!post.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(post, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation));
        }

        return await post;
    }

    /// <summary>
    /// Submits a form that must be accepted and scored, and returns the document as later calls return it: without warnings, which only
    /// the answer to the submission has.
    /// </summary>
    public static async Task<JsonNode> SubmitScoredAsync(this HttpClient client, UploadForm form)
    {
        using var response = await client.SubmitAsync(form);
        var document = await response.ReadJsonAsync(HttpStatusCode.Created);
        document.AsObject().Remove("warnings");
        return document;
    }

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        return await response.ReadJsonAsync();
    }

    public static async Task<string> GetStringOfAnyStatusAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        return await response.ReadTextAsync();
    }

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.ReadTextAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    public static async Task<string> ReadTextAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs:line", text, StringComparison.Ordinal);
        return text;
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Reads answers, none of which may ever hold a stack trace.</summary>
internal static class Answers
{
    /// <summary>A script other than the small ones that turn times into the reader's zone and copy a text; pages are whole without them.</summary>
    public const string OtherScript = "<script(?! type=\"module\" src=\"js/(times|copy)\\.)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient client, UploadForm form) =>
        client.PostAsync("/api/submissions", form.Content, Cancellation);

    public static Task<HttpResponseMessage> ValidateAsync(this HttpClient client, UploadForm form) =>
        client.PostAsync("/api/submissions/validate", form.Content, Cancellation);

    /// <summary>Submits, and lets the server's time pass until it answers.</summary>
    public static Task<HttpResponseMessage> SubmitPatientlyAsync(this HttpClient client, UploadForm form, FakeTimeProvider clock) =>
        client.PostPatientlyAsync("/api/submissions", form.Content, clock);

    /// <summary>Posts, and lets the server's time pass until it answers.</summary>
    public static async Task<HttpResponseMessage> PostPatientlyAsync(
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

    /// <summary>Submits what must be accepted and scored.</summary>
    public static async Task<JsonNode> SubmitScoredAsync(this HttpClient client, UploadForm form)
    {
        using var answer = await client.SubmitAsync(form);
        return await answer.ReadJsonAsync(HttpStatusCode.Created);
    }

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return await answer.ReadJsonAsync();
    }

    public static async Task<string> GetStringOfAnyStatusAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return await answer.ReadTextAsync();
    }

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.ReadTextAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    public static async Task<string> ReadTextAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs:line", text, StringComparison.Ordinal);
        return text;
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Expensive responses that are the same for everyone come from the output cache, which adds the header Age.</summary>
public sealed class ResponseCacheTests : IAsyncLifetime
{
    private readonly TestServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/benchmarks/tiny/template.zip?probabilities=true")]
    [InlineData("/benchmarks/tiny/template/test1.csv?probabilities=true")]
    public async Task A_template_is_computed_once_for_everyone(string path)
    {
        var (first, isFirstCached) = await ReadAsync(_server.Client, path);
        var (second, isSecondCached) = await ReadAsync(_server.Client, path);
        var (plain, _) = await ReadAsync(_server.Client, path.Replace("?probabilities=true", "", StringComparison.Ordinal));
        using var other = await _server.Client.GetAsync(path.Replace("t1", "T1", StringComparison.Ordinal), Cancellation);

        Assert.Equal((false, true), (isFirstCached, isSecondCached));
        Assert.Equal(first, second);
        Assert.NotEqual(first, plain);
        Assert.Equal(path.Contains("t1", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_template_follows_its_images()
    {
        const string Path = "/benchmarks/tiny/template/test3.csv";
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        foreach (var id in new[] { "c-0", "d-0" })
        {
            using var labels = new StringContent($"image_id,label\n{id},0\nz-1,1\n");
            using var applied = await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", labels, Cancellation);
            Assert.Equal(HttpStatusCode.OK, applied.StatusCode);

            Assert.Contains(id, (await ReadAsync(_server.Client, Path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_comparison_is_cached_until_its_entries_change_and_only_for_readers_without_an_account()
    {
        using var owner = await (await TestAccount.RegisterAsync(_server, "Owner")).CreateClientAsync();
        var a = await owner.SubmitScoredAsync(UploadForm.Tiny("Owner", "A").Test1(0, 0, 1, 1, 2, 2));
        var b = await owner.SubmitScoredAsync(UploadForm.Tiny("Owner", "B").Test1(0, 0, 1, 1, 2, 0));
        string[] paths = [$"/api/compare?a={a["id"]}&b={b["id"]}", $"/compare?a={a["id"]}&b={b["id"]}"];

        foreach (var path in paths)
        {
            var (first, isFirstCached) = await ReadAsync(_server.Client, path);
            var (second, isSecondCached) = await ReadAsync(_server.Client, path);
            Assert.Equal((first, false, true), (second, isFirstCached, isSecondCached));
            Assert.False((await ReadAsync(owner, path)).IsCached);
        }

        await HideAsync(owner, b);
        using var hidden = await _server.Client.GetAsync(paths[0], Cancellation);
        using var hiddenPage = await _server.Client.GetAsync(paths[1], Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (hidden.StatusCode, hiddenPage.StatusCode));
        Assert.False((await ReadAsync(owner, paths[0])).IsCached);
    }

    private static async Task HideAsync(HttpClient owner, JsonNode submission)
    {
        using var change = new StringContent("""{ "visibility": "private" }""", Encoding.UTF8, "application/json");
        using var response = await owner.PatchAsync($"/api/submissions/{submission["id"]}", change, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<(string Text, bool IsCached)> ReadAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);
        return (Encoding.Latin1.GetString(bytes), response.Headers.Age is not null);
    }
}

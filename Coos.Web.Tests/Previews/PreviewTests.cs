using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Web.Previews;
using Coos.Web.Tests.Support;
using SkiaSharp;
using Xunit;

namespace Coos.Web.Tests.Previews;

/// <summary>Link preview images.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class PreviewTests(CoosFixture server)
{
    /// <summary>Sites that show previews accept this size; most have a limit of some megabytes, some of 300 KB.</summary>
    private const int MaxBytes = 150_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/benchmarks/coos-sim")]
    [InlineData("/benchmarks/coos-7/generalisation")]
    [InlineData("{reported}")]
    [InlineData("{baseline}")]
    public async Task A_page_has_its_own_preview_image(string path)
    {
        var page = await server.Client.GetStringAsync(await ResolveAsync(path), Cancellation);
        var address = Image().Match(page).Groups["address"].Value;

        using var response = await server.Client.GetAsync(address, Cancellation);
        var png = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.StartsWith(server.Address.ToString(), address, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        AssertPicture(png);
        Assert.Contains("<meta name=\"twitter:card\" content=\"summary_large_image\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_entry_has_its_own_image_with_an_entity_tag()
    {
        var rows = (await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard"))["rows"]!.AsArray();
        var first = await server.Client.GetByteArrayAsync($"/submissions/{rows[0]!["id"]}/preview.png", Cancellation);
        var second = await server.Client.GetByteArrayAsync($"/submissions/{rows[1]!["id"]}/preview.png", Cancellation);

        using var response = await server.Client.GetAsync($"/submissions/{rows[0]!["id"]}/preview.png", Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/submissions/{rows[0]!["id"]}/preview.png");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(again, Cancellation);

        Assert.NotEqual(first, second);
        Assert.Equal(first, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Entries_that_are_not_on_the_leaderboard_have_no_image()
    {
        var hidden = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Preview lab", "Private").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 1)
        );
        var page = await server.Client.GetStringAsync((string)hidden["links"]!["page"]!, Cancellation);

        Assert.DoesNotContain("og:image", page, StringComparison.Ordinal);
        foreach (
            var path in new[]
            {
                $"/submissions/{hidden["id"]}/preview.png",
                $"/submissions/{Guid.Empty}/preview.png",
                "/benchmarks/nothing/preview.png",
            }
        )
        {
            using var response = await server.Client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Many_images_can_be_requested_at_once()
    {
        var paths = new List<string>();
        foreach (var slug in new[] { "coos-7", "coos-sim" })
        {
            var rows = (await server.Client.GetJsonAsync($"/api/benchmarks/{slug}/leaderboard"))["rows"]!.AsArray();
            paths.AddRange(rows.Select(r => $"/submissions/{r!["id"]}/preview.png"));
        }

        var pictures = await Task.WhenAll(
            Enumerable.Range(0, 4 * paths.Count).Select(i => server.Client.GetByteArrayAsync(paths[i % paths.Count], Cancellation))
        );

        Assert.InRange(paths.Count, 40, 1000);
        Assert.All(pictures, AssertPicture);
        Assert.Equal(paths.Count, pictures[..paths.Count].Select(Convert.ToHexString).Distinct().Count());
    }

    private static void AssertPicture(byte[] png)
    {
        using var picture = SKBitmap.Decode(png);
        Assert.Equal(
            (PreviewCard.Width, PreviewCard.Height, SKColor.Parse("#fbfbf9")),
            (picture.Width, picture.Height, picture.GetPixel(0, 0))
        );
        Assert.InRange(png.Length, 8_000, MaxBytes);
    }

    private async Task<string> ResolveAsync(string path) =>
        path switch
        {
            "{reported}" => await FindFirstEntryAsync("coos-7"),
            "{baseline}" => await FindFirstEntryAsync("coos-sim"),
            _ => path,
        };

    private async Task<string> FindFirstEntryAsync(string slug) =>
        (string)
            ((JsonArray)(await server.Client.GetJsonAsync($"/api/benchmarks/{slug}/leaderboard?pageSize=1"))["rows"]!)[0]!["links"]![
                "page"
            ]!;

    [GeneratedRegex("<meta property=\"og:image\" content=\"(?<address>[^\"]+)\"")]
    private static partial Regex Image();
}

using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class WebFontTests(CoosFixture server)
{
    [Fact]
    public async Task Pages_load_the_font_that_their_style_sheet_names_and_browsers_keep_it()
    {
        var page = await server.Client.GetStringAsync("/", TestContext.Current.CancellationToken);
        var sheet = await server.Client.GetStringAsync("/css/fonts.css", TestContext.Current.CancellationToken);
        var address = System.Text.RegularExpressions.Regex.Match(sheet, "url\\(\"\\.\\.(/fonts/[^\"]+)\"\\)").Groups[1].Value;
        using var response = await server.Client.GetAsync(address, TestContext.Current.CancellationToken);
        var font = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Contains(
            $"<link rel=\"preload\" as=\"font\" type=\"font/woff2\" href=\"{address}\" crossorigin",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal("font/woff2", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
        Assert.Equal("wOF2"u8, font.AsSpan(0, 4));
        Assert.InRange(font.Length, 40_000, 60_000);
    }
}

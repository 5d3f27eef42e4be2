using Coos.Web.Previews;
using Xunit;

namespace Coos.Web.Tests.Previews;

/// <summary>Text of link preview images.</summary>
public sealed class PreviewTextTests
{
    [Theory]
    [InlineData("Short", 1000, "Short")]
    [InlineData("A name that is longer than its place", 200, "A name th\u2026")]
    [InlineData("A", 1, "\u2026")]
    [InlineData("", 1, "")]
    public void Text_that_does_not_fit_ends_in_an_ellipsis(string text, float width, string fitted)
    {
        using var font = PreviewText.CreateBold(32);

        Assert.Equal(fitted, font.Fit(text, width));
    }

    [Theory]
    [InlineData("Short", "Short")]
    [InlineData("Wells of another plate and of another day", "Wells of another plate|and of another day")]
    [InlineData(
        "One that has a name of very many words, more than two lines could ever hold, and still goes on",
        "One that has a name of|very many words, mo\u2026"
    )]
    [InlineData("Donaudampfschifffahrtsgesellschaftskapitaen", "Donaudampfschifffah\u2026")]
    [InlineData("A Donaudampfschifffahrtsgesellschaftskapitaen", "A|Donaudampfschifffah\u2026")]
    public void A_long_title_is_broken_into_two_balanced_lines(string text, string lines)
    {
        using var font = PreviewText.CreateBold(32);

        var wrapped = font.Wrap(text, 380);

        Assert.Equal(lines, string.Join('|', wrapped));
        Assert.All(wrapped, l => Assert.InRange(font.WidthOf(l), 1, 380));
    }

    [Theory]
    [InlineData(
        "\u00C5ngstr\u00F6m \u03B1\u03B2 \u0416\u0438 \u1EA1 \u2265 95%",
        "\u00C5ngstr\u00F6m \u03B1\u03B2 \u0416\u0438 \u1EA1 \u2265 95%"
    )]
    [InlineData("\u7D30\u80DE net", "\u25A1\u25A1 net")]
    [InlineData("\U0001F52C Scope", "Scope")]
    [InlineData("a\uD83Db\uDC00", "ab")]
    [InlineData(" a\tb\r\nc\u200B ", "a b c")]
    [InlineData("\0", "")]
    public void Missing_glyphs_are_boxes_and_invisible_characters_are_removed(string text, string written)
    {
        using var font = PreviewText.CreateRegular(20);

        Assert.Equal(written, PreviewText.Writable(text));
        Assert.Equal(written.Length > 0, font.WidthOf(written) > 0);
    }

    [Theory]
    [InlineData("COOS-7", true)]
    [InlineData("\u7D30 cells", true)]
    [InlineData("\u7D30\u80DE", false)]
    [InlineData("\u7D30\u80DE\u7D30\u80DE net", false)]
    [InlineData("\U0001F52C", false)]
    [InlineData("", false)]
    public void Text_is_readable_if_the_font_has_more_than_half_of_its_letters(string text, bool isReadable) =>
        Assert.Equal(isReadable, PreviewText.IsReadable(text));
}

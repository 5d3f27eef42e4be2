using Coos.Shared.Text.Unicode;

namespace Coos.Shared.Tests.Text.Unicode;

/// <summary>Characters that nobody can see.</summary>
public sealed class InvisibleCharacterTests
{
    [Theory]
    [InlineData("Res\u200BNet", 4, "U+200B (zero width space)")]
    [InlineData("ResNet\u00AD", 7, "U+00AD (soft hyphen)")]
    [InlineData("\uFEFFResNet", 1, "U+FEFF (byte order mark)")]
    [InlineData("turned \u202Eround", 8, "U+202E (right-to-left override)")]
    [InlineData("Res\u200DNet", 4, "U+200D (zero width joiner)")]
    [InlineData("\u3164", 1, "U+3164 (Hangul filler)")]
    [InlineData("A\uFE0F", 2, "U+FE0F (emoji variation selector)")]
    [InlineData("A\U000E0041", 2, "U+E0041")]
    public void An_invisible_character_is_found_and_named(string text, int position, string name)
    {
        var found = InvisibleCharacter.Find(text);

        Assert.Equal((position, name), (found?.Position, found?.Name));
    }

    [Theory]
    [InlineData("ResNet -> kNN")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0915\u094D\u200D\u0937")]
    [InlineData("\U0001F469\u200D\U0001F52C Net")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("\u00E9 e\u0301 \u6771\u4EAC")]
    public void Joiners_that_change_what_is_seen_are_not(string text) => Assert.Null(InvisibleCharacter.Find(text));
}

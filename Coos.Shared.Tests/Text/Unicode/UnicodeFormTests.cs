using System.Globalization;
using System.Text;
using Coos.Shared.Text.Unicode;

namespace Coos.Shared.Tests.Text.Unicode;

/// <summary>Normalisation forms, against cases of the Unicode Character Database.</summary>
public sealed class UnicodeFormTests
{
    /// <summary>Each line: a text, and its forms C, D, KC and KD (UAX 15, conformance test).</summary>
    private static IEnumerable<string[]> Cases =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "normalization-cases.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(';').Select(Decode).ToArray());

    [Fact]
    public void Forms_equal_those_of_the_Unicode_Character_Database()
    {
        var count = 0;
        foreach (var (source, c, d, kc, kd) in Cases.Select(f => (f[0], f[1], f[2], f[3], f[4])))
        {
            count++;
            Assert.All([source, c, d], text => Assert.Equal(c, UnicodeForm.ToC(text)));
            Assert.All([kc, kd], text => Assert.Equal(kc, UnicodeForm.ToC(text)));
            Assert.All([source, c, d], text => Assert.Equal(d, UnicodeForm.ToD(text)));
            Assert.All([kc, kd], text => Assert.Equal(kd, UnicodeForm.ToD(text)));
            Assert.All([source, c, d, kc, kd], text => Assert.Equal(kc, UnicodeForm.ToKC(text)));
        }

        Assert.Equal(780, count);
    }

    [Theory]
    [InlineData("Ａｄａ Lab", "Ada Lab")]
    [InlineData("Jose\u0301", "Jos\u00E9")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("", "")]
    public void Form_KC_writes_variants_in_one_way(string text, string expected) => Assert.Equal(expected, UnicodeForm.ToKC(text));

    [Fact]
    public void An_unpaired_surrogate_is_replaced() => Assert.Equal("a\uFFFD", UnicodeForm.ToKC("a\uD800"));

    private static string Decode(string codes) =>
        string.Concat(
            codes.Split(' ').Select(c => new Rune(int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        );
}

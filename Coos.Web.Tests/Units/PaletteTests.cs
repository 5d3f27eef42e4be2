using System.Globalization;
using System.Text.RegularExpressions;
using Coos.Server.Leaderboards;
using Coos.Web.Components;
using Coos.Web.Plates;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>
/// Checks the colours of the style sheets: ramps have even steps, text is readable on each step, and nothing depends on hue
/// alone.
/// </summary>
public sealed partial class PaletteTests
{
    private const double Readable = 4.5;

    private static readonly string[] Themes = ["light", "dark"];
    private static readonly string[] Visions = ["full", "protanopia", "deuteranopia", "tritanopia"];
    private static readonly Dictionary<string, Dictionary<string, Colour>> Colours = Read();

    public static MatrixTheoryData<string, string, string> Ramps => new(Themes, ["heat", "share"], Visions);

    public static MatrixTheoryData<string, string> ThemesAndVisions => new(Themes, Visions);

    public static TheoryData<string> AllThemes => [.. Themes];

    [Theory]
    [MemberData(nameof(Ramps))]
    public void A_ramp_has_even_steps_of_lightness_for_every_colour_vision(string theme, string ramp, string vision)
    {
        var lightness = Steps(theme, $"{ramp}-low", ramp == "heat" ? "worse-fill" : $"{ramp}-high")
            .Select(c => c.Simulate(vision).Oklab.L)
            .ToList();
        var steps = lightness.Zip(lightness.Skip(1), (a, b) => b - a).ToList();

        Assert.Single(steps.Select(Math.Sign).Distinct());
        Assert.All(steps, s => Assert.InRange(Math.Abs(s), 0.8 * Math.Abs(steps.Average()), 1.2 * Math.Abs(steps.Average())));
        Assert.True(Math.Abs(lightness[^1] - lightness[0]) > 0.19, $"{lightness[0]} to {lightness[^1]}");
    }

    /// <summary>Figure files of plates have no style sheet.</summary>
    [Fact]
    public void Figure_files_have_the_light_colours_of_the_style_sheet()
    {
        var expected = Steps("light", "heat-low", "worse-fill").ToList();

        Assert.Equal(expected.Count, HeatColours.Steps.Count);
        Assert.All(expected.Zip(HeatColours.Steps), pair => Assert.InRange(pair.First.DistanceTo(Colour.Parse(pair.Second)), 0, 0.004));
        Assert.Equal(Colours["light"]["heat-fg"], Colour.Parse(HeatColours.Text));
        Assert.Equal(Colours["light"]["muted"], Colour.Parse(HeatColours.Muted));
        Assert.Equal(Colours["light"]["panel"], Colour.Parse(HeatColours.Background));
    }

    [Theory]
    [MemberData(nameof(AllThemes))]
    public void Text_and_small_intervals_are_readable_on_every_step(string theme)
    {
        Assert.All(Steps(theme, "heat-low", "worse-fill"), c => AssertReadable(Colours[theme]["heat-fg"], c, 0.85));
        Assert.All(
            Steps(theme, "share-low", "share-high").Select((c, i) => (Cell: c, Text: ShareText(theme, i))),
            c => AssertReadable(c.Text, c.Cell, 1)
        );
        Assert.All(
            new[] { "better-fill", "worse-fill" }.SelectMany(side => Steps(theme, "diff-zero", side)),
            c => AssertReadable(Colours[theme]["diff-fg"], c, 0.9)
        );
    }

    [Theory]
    [MemberData(nameof(AllThemes))]
    public void Text_links_and_labels_are_readable_on_pages_and_panels(string theme)
    {
        string[] texts = ["fg", "muted", "primary", "danger", "ok", "better", "worse"];
        Assert.All(
            texts,
            text => Assert.All(new[] { "bg", "panel" }, below => AssertReadable(Colours[theme][text], Colours[theme][below], 1))
        );
        Assert.All(MethodFamily.All, f => AssertReadable(Colours[theme][f.Name], Colours[theme]["panel"], 1));
        AssertReadable(Colours[theme]["on-primary"], Colours[theme]["primary"], 1);
    }

    [Theory]
    [MemberData(nameof(ThemesAndVisions))]
    public void Families_and_signs_of_differences_are_distinguishable(string theme, string vision)
    {
        var colours = Colours[theme].ToDictionary(c => c.Key, c => c.Value.Simulate(vision));
        var families = MethodFamily.All.Select(f => f.Name).ToList();

        Assert.All(
            from one in families
            from other in families
            where string.CompareOrdinal(one, other) < 0
            select (one, other),
            pair =>
                Assert.True(
                    colours[pair.one].DistanceTo(colours[pair.other]) > 0.08,
                    $"{pair}: {colours[pair.one].DistanceTo(colours[pair.other])}"
                )
        );
        Assert.True(colours["better-fill"].DistanceTo(colours["worse-fill"]) > 0.15);
    }

    [Fact]
    public void The_style_sheet_has_all_steps_that_pages_use()
    {
        var css = File.ReadAllText(Path.Combine(Checkout.Folder, "wwwroot", "css", "theme.css"));

        Assert.All(
            Enumerable.Range(0, Heat.Steps + 1),
            i => Assert.Contains($".h{i}{{--step:{100 * i / Heat.Steps}%}}", css, StringComparison.Ordinal)
        );
        Assert.All(
            Enumerable.Range(0, Heat.Steps + 1),
            i => Assert.Contains($".c{i}{{--step:{100 * i / Heat.Steps}%}}", css, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("light", "primary", "primary")]
    [InlineData("light", "error", "danger")]
    [InlineData("light", "success", "ok")]
    [InlineData("light", "warning", "texture")]
    [InlineData("light", "info", "primary")]
    [InlineData("dark", "primary", "primary")]
    [InlineData("dark", "error", "danger")]
    [InlineData("dark", "success", "ok")]
    [InlineData("dark", "warning", "texture")]
    [InlineData("dark", "info", "primary")]
    public void Outlines_have_the_colours_of_the_site(string theme, string outline, string colour)
    {
        var css = File.ReadAllText(Path.Combine(Checkout.Folder, "wwwroot", "css", "theme.css"));

        var numbers = Outlines().Matches(css).Where(m => m.Groups["name"].Value == outline).Select(m => m.Groups["rgb"].Value).ToList();

        Assert.Equal(2, numbers.Count);
        Assert.Equal(
            Colours[theme][colour],
            Colour.Parse(
                "#"
                    + string.Concat(
                        numbers[theme == "light" ? 0 : 1]
                            .Split(", ")
                            .Select(n => int.Parse(n, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture))
                    )
            )
        );
    }

    private static void AssertReadable(Colour text, Colour below, double opacity)
    {
        var contrast = text.Over(below, opacity).ContrastWith(below);
        Assert.True(contrast >= Readable, $"contrast {contrast:0.00}");
    }

    private static IEnumerable<Colour> Steps(string theme, string low, string high) =>
        Enumerable.Range(0, Heat.Steps + 1).Select(i => Colour.Mix(Colours[theme][low], Colours[theme][high], (double)i / Heat.Steps));

    /// <summary>The text colour by the last rules of theme.css.</summary>
    private static Colour ShareText(string theme, int step) =>
        Colours[theme][
            step switch
            {
                < 13 => "share-fg",
                13 => "share-fg-13",
                _ => "share-fg-high",
            }
        ];

    private static Dictionary<string, Dictionary<string, Colour>> Read()
    {
        var themes = Themes.ToDictionary(t => t, _ => new Dictionary<string, Colour>());
        foreach (var file in new[] { "theme.css", "comparison.css" })
        {
            foreach (Match block in Blocks().Matches(File.ReadAllText(Path.Combine(Checkout.Folder, "wwwroot", "css", file))))
            {
                foreach (Match colour in Variables().Matches(block.Groups["rules"].Value))
                {
                    themes[block.Groups["dark"].Success ? "dark" : "light"][colour.Groups["name"].Value] = Colour.Parse(
                        colour.Groups["hex"].Value
                    );
                }
            }
        }

        return themes;
    }

    [GeneratedRegex(
        @"(?<dark>@media screen and \(prefers-color-scheme: dark\) \{\s*)?^\s*:root \{(?<rules>[^}]*)\}",
        RegexOptions.Multiline
    )]
    private static partial Regex Blocks();

    [GeneratedRegex("--mud-palette-(?<name>[a-z]+)-rgb: (?<rgb>[0-9]+, [0-9]+, [0-9]+);")]
    private static partial Regex Outlines();

    [GeneratedRegex("--(?<name>[a-z0-9-]+): (?<hex>#[0-9a-f]{6});")]
    private static partial Regex Variables();
}

using System.Globalization;
using Coos.Server.Problems;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using Coos.Shared.Text;

namespace Coos.Server.Images;

/// <summary>How an image is drawn.</summary>
/// <param name="Channels">The channels from 0: one in grey, or two or three in colour.</param>
/// <param name="Size">The longer side in pixels; 0 for the size of the image.</param>
/// <param name="Contrast">The factor by which full brightness is reached earlier.</param>
internal sealed record TileLook(IReadOnlyList<int> Channels, int Size, double Contrast)
{
    /// <summary>The name of the first two channels in colour.</summary>
    public const string Composite = "composite";

    public const double MinimumContrast = 0.25;
    public const double MaximumContrast = 8;

    /// <summary>Whether another look draws the same picture.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Channels)} {Size} {Contrast:R}");

    /// <summary>Reads the parameters of a request.</summary>
    /// <param name="channels">
    /// <c>composite</c>, the name of a channel, its number from 1, or up to three of these separated by commas; by default the first two.
    /// </param>
    /// <param name="size">The longer side in pixels.</param>
    /// <param name="contrast">The contrast.</param>
    /// <param name="images">The images.</param>
    /// <param name="names">The names of the channels; may be fewer.</param>
    public static Result<TileLook> Read(string? channels, string? size, string? contrast, ImageShape images, IReadOnlyList<string> names)
    {
        var problems = new List<FieldProblem>();
        var look = new TileLook(
            ReadChannels(channels, images.Channels, names, problems),
            (int)ReadNumber("size", size, 0, Tile.MinimumSize, Tile.MaximumSize, isWhole: true, problems),
            ReadNumber("contrast", contrast, 1, MinimumContrast, MaximumContrast, isWhole: false, problems)
        );
        return problems.Count == 0 ? look : Refusal.BadQuery(problems);
    }

    private static int[] ReadChannels(string? text, int count, IReadOnlyList<string> names, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text) || string.Equals(text, Composite, StringComparison.OrdinalIgnoreCase))
        {
            return [.. Enumerable.Range(0, Math.Min(2, count))];
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] channels = [.. parts.Select(p => Find(p, count, names)).Distinct()];
        if (parts.Length <= Tile.MaximumChannels && channels.All(c => c >= 0))
        {
            return channels;
        }

        var known = string.Join(", ", Enumerable.Range(0, count).Select(c => Name(c, names)).Prepend(Composite));
        problems.Add(
            new FieldProblem(
                "channels",
                "bad-value",
                $"channels is \"{text.Shorten()}\"; allowed: {known}, or up to {Tile.MaximumChannels} of the channels separated by commas"
            )
        );
        return [0];
    }

    /// <summary>The name of a channel; its number from 1 if it has none.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="names">The names; may be fewer, or empty.</param>
    public static string Name(int channel, IReadOnlyList<string> names) =>
        names.ElementAtOrDefault(channel) is { Length: > 0 } name ? name : (channel + 1).ToString(CultureInfo.InvariantCulture);

    private static int Find(string part, int count, IReadOnlyList<string> names) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count
            ? number - 1
            : Enumerable
                .Range(0, count)
                .FirstOrDefault(c => string.Equals(Name(c, names), part, StringComparison.OrdinalIgnoreCase), defaultValue: -1);

    private static double ReadNumber(
        string name,
        string? text,
        double preset,
        double minimum,
        double maximum,
        bool isWhole,
        List<FieldProblem> problems
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return preset;
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= minimum && number <= maximum && (!isWhole || number == Math.Floor(number)))
        {
            return number;
        }

        problems.Add(
            new FieldProblem(
                name,
                "bad-value",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is \"{text.Shorten()}\"; allowed: a {(isWhole ? "whole " : "")}number from {minimum} to {maximum}"
                )
            )
        );
        return preset;
    }
}

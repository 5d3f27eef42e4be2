using Coos.Server.Plates;
using Coos.Shared.Scores;
using Coos.Web.Components;

namespace Coos.Web.Plates;

/// <summary>A figure file: a plate with a title, what the tests show, and the scale of colours.</summary>
/// <param name="Figure">The plate.</param>
/// <param name="Title">The title, such as "My method on Test3, plate 4".</param>
/// <param name="Lines">Further lines of text.</param>
internal sealed record PlateSheet(PlateFigure Figure, string Title, IReadOnlyList<string> Lines)
{
    /// <summary>The space around the figure, in units.</summary>
    public const int Margin = 24;

    /// <summary>The size of the title, in units.</summary>
    public const int TitleSize = 18;

    /// <summary>The size of the other lines, in units.</summary>
    public const int LineSize = 13;

    /// <summary>The width of a step of the scale, in units.</summary>
    public const int StepWidth = 11;

    /// <summary>The height of a step of the scale, in units.</summary>
    public const int StepHeight = 12;

    private const int LineHeight = 19;

    /// <summary>The height of the scale with the space above it.</summary>
    private const int ScaleHeight = 44;

    private const int MinimumWidth = 620;

    /// <summary>The width of the file, in units.</summary>
    public double Width => Math.Max(MinimumWidth, Figure.Width) + (2 * Margin);

    /// <summary>The height of the file, in units.</summary>
    public double Height => PlateTop + Figure.Height + ScaleHeight + Margin;

    /// <summary>The upper end of the plate.</summary>
    public double PlateTop => LineAt(Lines.Count) + 4;

    /// <summary>The upper end of the scale.</summary>
    public double ScaleTop => PlateTop + Figure.Height + 14;

    /// <summary>The labels of the scale and where they are, from its left end. The ramp follows the square root of the error.</summary>
    public IReadOnlyList<(double X, string Text)> Scale =>
        [
            (0, "0%"),
            (Heat.Steps * StepWidth / 2.0, $"{PlateFigure.Round(Figure.Full / 4)}%"),
            (Heat.Steps * StepWidth, $"{PlateFigure.Round(Figure.Full)}% of the images wrong"),
        ];

    /// <summary>The baseline of a line below the title.</summary>
    public static double LineAt(int index) => Margin + TitleSize + ((index + 1) * LineHeight);

    /// <summary>Creates the file of a plate.</summary>
    /// <param name="result">The errors by well.</param>
    /// <param name="figure">One of its plates.</param>
    public static PlateSheet Create(PlateResult result, PlateFigure figure)
    {
        var width = Math.Max(MinimumWidth, figure.Width);
        var wells = result.Counts.Map.Plates[figure.Plate];
        var (images, errors) = (0, 0.0);
        for (var i = wells.FirstWell; i < wells.FirstWell + wells.WellCount; i++)
        {
            (images, errors) = (images + result.Counts.CountImages(i), errors + result.Counts.CountErrors(i));
        }

        var where = $"{result.Benchmark.Name}, {result.Benchmark.TitleOf(result.Split)}, {figure.Title}";
        var share = images == 0 ? "no images" : FormattableString.Invariant($"error {Percent.Of(errors / images)}% of {images:N0} images");
        return new PlateSheet(
            figure,
            ChartLabel.Fit(result.Subject, width, TitleSize),
            [
                ChartLabel.Fit($"{where}{(result.Class is { } k ? $", {k.Name} only" : "")}: {share}", width, LineSize),
                .. Wrap(result.Summary, width),
            ]
        );
    }

    private static IEnumerable<string> Wrap(string text, double width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && ChartLabel.WidthOf(longer, LineSize) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}

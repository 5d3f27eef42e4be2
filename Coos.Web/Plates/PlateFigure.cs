using System.Globalization;
using Coos.Evaluator.Plates;
using Coos.Server.Plates;
using Coos.Shared.Scores;
using Coos.Web.Components;

namespace Coos.Web.Plates;

/// <summary>A plate as it is drawn: the same geometry for the page, the SVG file and the PNG file.</summary>
internal sealed record PlateFigure
{
    /// <summary>The space on the left for the letters of rows, and above for the numbers of columns.</summary>
    private const int Left = 30;
    private const int Top = 30;

    /// <summary>The space between the wells and the means of rows and columns.</summary>
    private const int Gap = 8;

    /// <summary>The part of a cell that its well covers.</summary>
    private const double Fill = 0.9;

    /// <summary>The plate's index.</summary>
    public required int Plate { get; init; }

    /// <summary>Its name as a title, such as "Plate 4".</summary>
    public required string Title { get; init; }

    /// <summary>A description for readers who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>The width in units.</summary>
    public required double Width { get; init; }

    /// <summary>The height in units.</summary>
    public required double Height { get; init; }

    /// <summary>The size of the text in wells and of letters and numbers, in units.</summary>
    public required double TextSize { get; init; }

    /// <summary>The error with the strongest colour.</summary>
    public required double Full { get; init; }

    /// <summary>The wells, empty ones included.</summary>
    public required IReadOnlyList<DrawnWell> Wells { get; init; }

    /// <summary>The means of rows and columns.</summary>
    public required IReadOnlyList<DrawnMean> Means { get; init; }

    /// <summary>Letters, numbers and the word that names the means.</summary>
    public required IReadOnlyList<DrawnText> Texts { get; init; }

    /// <summary>Draws the plates of a result that have a map, all with one scale of colours.</summary>
    public static IReadOnlyList<PlateFigure> CreateAll(PlateResult result)
    {
        var full = FindFull(result);
        return
        [
            .. Enumerable
                .Range(0, result.Counts.Map.Plates.Count)
                .Where(i => result.Counts.Map.Plates[i].Format is not null)
                .Select(i => Create(result, i, full)),
        ];
    }

    /// <summary>The title of a plate; its name in the labels often says "plate" itself.</summary>
    public static string TitleOf(MappedPlate plate) =>
        plate.Name switch
        {
            null => "All wells",
            "" => "No plate named",
            var name when name.Contains("plate", StringComparison.OrdinalIgnoreCase) => name,
            var name => $"Plate {name}",
        };

    /// <summary>The error with the strongest colour: the largest one of a well, but at least 10%.</summary>
    private static double FindFull(PlateResult result) =>
        Heat.Full(
            from i in Enumerable.Range(0, result.Counts.Map.Wells.Count)
            where result.Counts.Map.Wells[i].Position is not null
            let images = result.Counts.CountImages(i)
            where images > 0
            select result.Counts.CountErrors(i) / images
        );

    private static PlateFigure Create(PlateResult result, int index, double full)
    {
        var plate = result.Counts.Map.Plates[index];
        var (format, cell) = (plate.Format!, SizeOfCell(plate.Format!));
        var cells = Read(result, plate);
        return new PlateFigure
        {
            Plate = index,
            Title = TitleOf(plate),
            Description = Describe(plate, cells),
            Width = Left + (format.Columns * cell) + Gap + cell + 6,
            Height = Top + (format.Rows * cell) + Gap + cell + 2,
            TextSize = TextSizeOf(format),
            Full = full,
            Wells =
            [
                .. from row in Enumerable.Range(0, format.Rows)
                from column in Enumerable.Range(0, format.Columns)
                let x = Left + ((column + 0.5) * cell)
                let y = Top + ((row + 0.5) * cell)
                select DrawnWell.Create(
                    cells.GetValueOrDefault(new WellPosition(row, column)),
                    x,
                    y,
                    Fill * cell / 2,
                    full,
                    HasNumbers(format)
                ),
            ],
            Means = [.. CreateMeans(format, cell, cells, full)],
            Texts = [.. CreateTexts(format, cell)],
        };
    }

    private static Dictionary<WellPosition, WellCell> Read(PlateResult result, MappedPlate plate) =>
        Enumerable
            .Range(plate.FirstWell, plate.WellCount)
            .Where(i => result.Counts.Map.Wells[i].Position is not null && result.Counts.CountImages(i) > 0)
            .ToDictionary(
                i => result.Counts.Map.Wells[i].Position!.Value,
                i => new WellCell(
                    result.Counts.Map.Wells[i],
                    result.Counts.CountImages(i),
                    result.Counts.CountErrors(i),
                    result.Entries is not null
                )
            );

    private static string Describe(MappedPlate plate, Dictionary<WellPosition, WellCell> cells)
    {
        var images = cells.Values.Sum(c => c.Images);
        if (images == 0)
        {
            return $"{TitleOf(plate)}: no images.";
        }

        var worst = cells.Values.OrderByDescending(c => c.Error).ThenByDescending(c => c.Images).First();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TitleOf(plate)}, {plate.Format!.Wells} wells, {cells.Count} of them with images: "
                + $"error {Percent.Of(cells.Values.Sum(c => c.Errors) / images)}% of {images:N0} images. Most errors in {worst}."
        );
    }

    private static IEnumerable<DrawnMean> CreateMeans(
        PlateFormat format,
        double cell,
        Dictionary<WellPosition, WellCell> cells,
        double full
    )
    {
        var (right, bottom) = (Left + (format.Columns * cell) + Gap, Top + (format.Rows * cell) + Gap);
        var rows = cells
            .GroupBy(c => c.Key.Row, c => c.Value)
            .Select(g => (Name: $"Row {WellPosition.RowName(g.Key)}", X: right, Y: Top + (g.Key * cell), Wells: g));
        var columns = cells
            .GroupBy(c => c.Key.Column, c => c.Value)
            .Select(g => (Name: $"Column {g.Key + 1}", X: Left + (g.Key * cell), Y: bottom, Wells: g));
        foreach (var (name, x, y, wells) in rows.Concat(columns))
        {
            var (images, errors) = (wells.Sum(w => w.Images), wells.Sum(w => w.Errors));
            yield return new DrawnMean(
                x + 1,
                y + 1,
                cell - 2,
                Heat.ErrorStep(errors / images, full),
                HasNumbers(format) ? Round(errors / images) : "",
                string.Create(CultureInfo.InvariantCulture, $"{name}: {Percent.Of(errors / images)}% of {images:N0} images wrong")
            );
        }
    }

    private static IEnumerable<DrawnText> CreateTexts(PlateFormat format, double cell)
    {
        var size = TextSizeOf(format);
        for (var row = 0; row < format.Rows; row++)
        {
            yield return new DrawnText(Left - 6, Top + ((row + 0.5) * cell) + (0.36 * size), "end", WellPosition.RowName(row));
        }

        for (var column = 0; column < format.Columns; column++)
        {
            yield return new DrawnText(
                Left + ((column + 0.5) * cell),
                Top - 8,
                "middle",
                (column + 1).ToString(CultureInfo.InvariantCulture)
            );
        }

        yield return new DrawnText(Left + (format.Columns * cell) + Gap + cell, Top - 8, "end", "mean");
    }

    /// <summary>Rounds an error to whole percent, in at most three characters.</summary>
    internal static string Round(double error) => Math.Round(100 * error).ToString("0", CultureInfo.InvariantCulture);

    private static double SizeOfCell(PlateFormat format) =>
        format.Rows switch
        {
            <= 8 => 52,
            <= 16 => 30,
            _ => 17,
        };

    private static double TextSizeOf(PlateFormat format) =>
        format.Rows switch
        {
            <= 8 => 14,
            <= 16 => 11,
            _ => 9,
        };

    /// <summary>Wells of 1536 are too small for numbers; their tooltips and the CSV have them.</summary>
    private static bool HasNumbers(PlateFormat format) => format.Rows <= 16;
}

/// <summary>A well with images.</summary>
/// <param name="Well">The well.</param>
/// <param name="Images">The number of its images.</param>
/// <param name="Errors">How many of them are wrong, or the mean over entries.</param>
/// <param name="IsMean">Whether the errors are a mean over entries.</param>
internal sealed record WellCell(MappedWell Well, int Images, double Errors, bool IsMean)
{
    /// <summary>The share of wrong images, 0..1.</summary>
    public double Error => Errors / Images;

    /// <summary>The well in words: "A05: 3 of 8 images wrong, 37.5%".</summary>
    public override string ToString()
    {
        var position = Well.Position!.Value.Name;
        var name = position == Well.Name ? position : $"{position} ({Well.Name})";
        var errors = Errors.ToString(IsMean ? "0.0" : "0", CultureInfo.InvariantCulture);
        var wrong = IsMean ? "wrong on average" : "wrong";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {errors} of {Images:N0} {(Images == 1 ? "image" : "images")} {wrong}, {Percent.Of(Error)}%"
        );
    }
}

/// <summary>A well as it is drawn.</summary>
/// <param name="X">The centre, in units.</param>
/// <param name="Y">The centre, in units.</param>
/// <param name="Radius">The radius, in units.</param>
/// <param name="Step">The step of the ramp of errors; null if it is empty, and drawn hollow.</param>
/// <param name="Text">The error in whole percent; empty if it is not shown.</param>
/// <param name="Reading">The well in words; null if it is empty.</param>
internal sealed record DrawnWell(double X, double Y, double Radius, int? Step, string Text, string? Reading)
{
    /// <summary>The size of an empty well: smaller, so that it differs from a well without errors in any theme.</summary>
    private const double EmptyPart = 0.6;

    /// <summary>Places a well.</summary>
    /// <param name="cell">Its images and errors; null if it is empty.</param>
    /// <param name="x">The centre.</param>
    /// <param name="y">The centre.</param>
    /// <param name="radius">The radius.</param>
    /// <param name="full">The error with the strongest colour.</param>
    /// <param name="hasNumbers">Whether wells contain their errors.</param>
    public static DrawnWell Create(WellCell? cell, double x, double y, double radius, double full, bool hasNumbers) =>
        cell is null
            ? new DrawnWell(x, y, EmptyPart * radius, null, "", null)
            : new DrawnWell(
                x,
                y,
                radius,
                Heat.ErrorStep(cell.Error, full),
                hasNumbers ? PlateFigure.Round(cell.Error) : "",
                cell.ToString()
            );
}

/// <summary>The mean of a row or column as it is drawn.</summary>
/// <param name="X">The left end, in units.</param>
/// <param name="Y">The upper end, in units.</param>
/// <param name="Side">Its width and height, in units.</param>
/// <param name="Step">The step of the ramp of errors.</param>
/// <param name="Text">The error in whole percent; empty if it is not shown.</param>
/// <param name="Reading">The mean in words.</param>
internal sealed record DrawnMean(double X, double Y, double Side, int Step, string Text, string Reading);

/// <summary>A text as it is drawn.</summary>
/// <param name="X">The anchor, in units.</param>
/// <param name="Y">The baseline, in units.</param>
/// <param name="Anchor">The part of the text at the anchor: end or middle.</param>
/// <param name="Text">The text.</param>
internal sealed record DrawnText(double X, double Y, string Anchor, string Text);

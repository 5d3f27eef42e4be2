using System.Globalization;
using System.Text;
using Coos.Evaluator.Plates;
using Coos.Shared.Delimited;

namespace Coos.Server.Plates;

/// <summary>The errors by well of an entry, or of the mean of a board, on one split.</summary>
public sealed record PlateDocument
{
    /// <summary>The benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>The short name of the true class whose images are counted; absent if all are.</summary>
    public string? True { get; init; }

    /// <summary>The number of entries of which it is the mean; absent for a single entry.</summary>
    public int? Entries { get; init; }

    /// <summary>What the tests show, in words.</summary>
    public required string Summary { get; init; }

    /// <summary>The tests of edge, rows and columns, over all plates.</summary>
    public required IReadOnlyList<PositionTestDocument> Tests { get; init; }

    /// <summary>The plates in natural order of their names.</summary>
    public required IReadOnlyList<PlateWells> Plates { get; init; }

    /// <summary>Creates the document.</summary>
    internal static PlateDocument Create(PlateResult result) =>
        new()
        {
            Benchmark = result.Benchmark.Slug,
            Split = result.Split,
            True = result.Class?.Short,
            Entries = result.Entries,
            Summary = result.Summary,
            Tests = [.. result.Tests.Select(PositionTestDocument.Create)],
            Plates = [.. result.Counts.Map.Plates.Select(p => PlateWells.Create(p, result.Counts))],
        };

    /// <summary>Formats the wells as CSV, one line per well.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("plate,well,position,images,errors\n");
        foreach (var plate in Plates)
        {
            foreach (var well in plate.Wells)
            {
                csv.AppendJoin(
                        ',',
                        CsvField.QuoteForSpreadsheet(plate.Plate ?? ""),
                        CsvField.QuoteForSpreadsheet(well.Well),
                        well.Position ?? "",
                        well.Images.ToString(CultureInfo.InvariantCulture),
                        CsvField.Number(well.Errors)
                    )
                    .Append('\n');
            }
        }

        return csv.ToString();
    }
}

/// <summary>The wells of a plate.</summary>
/// <param name="Plate">The name of the plate; absent if the labels name no plates.</param>
/// <param name="Rows">The number of rows; absent if no name of its wells is a position.</param>
/// <param name="Columns">The number of columns; absent if no name of its wells is a position.</param>
/// <param name="Wells">The wells with images: along the rows, then those whose names are not positions.</param>
public sealed record PlateWells(string? Plate, int? Rows, int? Columns, IReadOnlyList<WellErrors> Wells)
{
    /// <summary>Creates the document of a plate.</summary>
    internal static PlateWells Create(MappedPlate plate, WellCounts counts) =>
        new(
            plate.Name,
            plate.Format?.Rows,
            plate.Format?.Columns,
            [
                .. Enumerable
                    .Range(plate.FirstWell, plate.WellCount)
                    .Select(i => (Well: counts.Map.Wells[i], Images: counts.CountImages(i), Errors: counts.CountErrors(i)))
                    .Where(w => w.Images > 0)
                    .Select(w => new WellErrors(w.Well.Name, w.Well.Position?.Name, w.Images, w.Errors)),
            ]
        );
}

/// <summary>The errors in a well.</summary>
/// <param name="Well">Its name in the labels.</param>
/// <param name="Position">Its position, such as A01; absent if its name is none.</param>
/// <param name="Images">The number of its images.</param>
/// <param name="Errors">How many of them are wrong; of a board, the mean over its entries.</param>
public sealed record WellErrors(string Well, string? Position, int Images, double Errors);

/// <summary>The test of one effect of the position.</summary>
/// <param name="Effect">What is tested: edge, row or column.</param>
/// <param name="Wells">The number of wells that were exchanged with others.</param>
/// <param name="P">p of the permutations; absent if the effect cannot be tested.</param>
/// <param name="AdjustedP">p adjusted by Holm for the number of tested effects.</param>
/// <param name="Permutations">The number of permutations.</param>
/// <param name="Note">Why the effect cannot be tested; absent if it is.</param>
/// <param name="Differences">The difference of the edge, or of each row or column, from the other wells.</param>
public sealed record PositionTestDocument(
    PositionEffect Effect,
    int Wells,
    double? P,
    double? AdjustedP,
    int? Permutations,
    string? Note,
    IReadOnlyList<PositionDifferenceDocument> Differences
)
{
    /// <summary>Creates the document of a test.</summary>
    internal static PositionTestDocument Create(PositionTest test) =>
        new(
            test.Effect,
            test.Wells,
            test.P,
            test.AdjustedP,
            test.P is null ? null : test.Permutations,
            test.Untested is { } reason ? PlateSummary.Explain(reason, test.Effect) : null,
            [
                .. test.Differences.Select(d => new PositionDifferenceDocument(
                    PlateSummary.NameOf(test.Effect, d),
                    d.Difference,
                    d.Interval.ToArray()
                )),
            ]
        );
}

/// <summary>The error of some positions minus that of others of the same plate and class.</summary>
/// <param name="Name">Which positions: "edge", "row H" or "column 7".</param>
/// <param name="Difference">The difference, -1..1; positive if they have more errors.</param>
/// <param name="Interval">Its 95% interval, by well; of rows and columns not adjusted for their number.</param>
public sealed record PositionDifferenceDocument(string Name, double Difference, double[] Interval);

using System.Globalization;
using System.Text;
using Coos.Shared.Delimited;

namespace Coos.Server.Models.Dials;

/// <summary>The dial scores of an entry: its balanced error on the reference split's images after controlled changes.</summary>
public sealed record DialDocument
{
    /// <summary>The submission.</summary>
    public required Guid Id { get; init; }

    /// <summary>The benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The reference split, whose images are changed.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images.</summary>
    public required int Images { get; init; }

    /// <summary>The unit of intervals and tests: image, well or another label column.</summary>
    public required string Unit { get; init; }

    /// <summary>The version of the dials.</summary>
    public required int DialVersion { get; init; }

    /// <summary>What the scores show, in words.</summary>
    public required string Summary { get; init; }

    /// <summary>The balanced error on the images as they are, 0..1.</summary>
    public required double BalancedError { get; init; }

    /// <summary>Its 95% interval.</summary>
    public required double[] Interval { get; init; }

    /// <summary>The dial score: the mean over the dials of their mean errors, 0..1.</summary>
    public required double MeanError { get; init; }

    /// <summary>Its 95% interval.</summary>
    public required double[] MeanErrorInterval { get; init; }

    /// <summary>The dials.</summary>
    public required IReadOnlyList<DialCurve> Dials { get; init; }

    /// <summary>The comparison with another entry; absent unless one was asked for.</summary>
    public DialComparison? Comparison { get; init; }

    /// <summary>Formats the levels as CSV, one line per dial and level.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("dial,unit,level,strength,balancedError,lower,upper,change,changeLower,changeUpper,p");
        csv.Append(Comparison is null ? "\n" : ",difference,differenceLower,differenceUpper,differenceP,adjustedP\n");
        foreach (var dial in Dials)
        {
            foreach (var level in dial.Levels)
            {
                csv.AppendJoin(',', ListFields(dial, level)).Append('\n');
            }
        }

        return csv.ToString();
    }

    private IEnumerable<string> ListFields(DialCurve dial, DialLevelScore level)
    {
        string[] own =
        [
            dial.Name,
            CsvField.Quote(dial.Unit),
            level.Level.ToString(CultureInfo.InvariantCulture),
            CsvField.Number(level.Strength),
            CsvField.Number(level.BalancedError),
            CsvField.Number(level.Interval[0]),
            CsvField.Number(level.Interval[1]),
            CsvField.Number(level.Change?.Difference),
            CsvField.Number(level.Change?.Interval[0]),
            CsvField.Number(level.Change?.Interval[1]),
            CsvField.Number(level.Change?.P),
        ];
        if (Comparison is null)
        {
            return own;
        }

        var difference = Comparison.Find(dial.Name, level.Level);
        return own.Concat([
            CsvField.Number(difference?.Difference),
            CsvField.Number(difference?.Interval[0]),
            CsvField.Number(difference?.Interval[1]),
            CsvField.Number(difference?.P),
            CsvField.Number(difference?.AdjustedP),
        ]);
    }
}

/// <summary>The curve of one dial.</summary>
/// <param name="Name">Its name, such as photonNoise.</param>
/// <param name="Title">Its name on pages.</param>
/// <param name="Unit">The unit of its strengths.</param>
/// <param name="Description">What it does.</param>
/// <param name="MeanError">The mean balanced error over its levels without none, 0..1.</param>
/// <param name="MeanErrorInterval">Its 95% interval.</param>
/// <param name="FivePointLoss">
/// Where the balanced error is 0.05 higher than without change; absent if its levels are not ordered.
/// </param>
/// <param name="Levels">The levels, from none upwards.</param>
public sealed record DialCurve(
    string Name,
    string Title,
    string Unit,
    string Description,
    double MeanError,
    double[] MeanErrorInterval,
    DialLoss? FivePointLoss,
    IReadOnlyList<DialLevelScore> Levels
);

/// <summary>The score of one level of a dial.</summary>
/// <param name="Level">Its index; 0 is without change.</param>
/// <param name="Strength">The strength in the unit of the dial; null if no number describes it.</param>
/// <param name="Text">The strength in words.</param>
/// <param name="BalancedError">The balanced error, 0..1.</param>
/// <param name="Interval">Its 95% interval.</param>
/// <param name="Metric">The benchmark's ranking metric; absent if that is the balanced error, or needs probabilities.</param>
/// <param name="Change">The balanced error minus that without change; absent for level 0.</param>
public sealed record DialLevelScore(
    int Level,
    double? Strength,
    string Text,
    double BalancedError,
    double[] Interval,
    DialMetric? Metric,
    DialDifference? Change
);

/// <summary>The benchmark's ranking metric at one level.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Interval">Its 95% interval; absent if it has none.</param>
public sealed record DialMetric(string Id, double Value, double[]? Interval);

/// <summary>A difference of balanced errors of the same images.</summary>
/// <param name="Difference">The difference, -1..1; positive for more errors.</param>
/// <param name="Interval">Its 95% interval.</param>
/// <param name="P">p of no difference.</param>
public sealed record DialDifference(double Difference, double[] Interval, double P)
{
    /// <summary>p adjusted by Holm for the number of differences of a comparison; absent where none are compared.</summary>
    public double? AdjustedP { get; init; }
}

/// <summary>Where the balanced error is five points higher than without change; interpolated between levels.</summary>
/// <param name="Strength">The strength; null if the loss is not reached within the dial's range.</param>
/// <param name="Text">The strength in words.</param>
/// <param name="Position">Its place among the levels, such as 1.5 for halfway from the first to the second; null if there is none.</param>
/// <param name="Interval">
/// The 95% interval, from the weaker to the stronger change; null for an end beyond the range of the dial.
/// </param>
public sealed record DialLoss(double? Strength, string Text, double? Position, IReadOnlyList<double?> Interval);

/// <summary>The dial scores of another entry minus those of this one, on the same images.</summary>
/// <param name="With">The other submission.</param>
/// <param name="Method">Its method.</param>
/// <param name="Submitter">Who sent it.</param>
/// <param name="MeanError">The difference of the dial scores over the levels that both have.</param>
/// <param name="Levels">The difference at each level that both have, first without change.</param>
public sealed record DialComparison(
    Guid With,
    string Method,
    string Submitter,
    DialDifference MeanError,
    IReadOnlyList<DialLevelDifference> Levels
)
{
    /// <summary>Finds the difference at a level; level 0 of every dial is without change. Null if one entry does not have it.</summary>
    public DialDifference? Find(string dial, int level) =>
        Levels.FirstOrDefault(l => l.Level == level && (level == 0 || l.Dial == dial))?.Difference;
}

/// <summary>The difference of two entries at one level.</summary>
/// <param name="Dial">The dial; "none" without change.</param>
/// <param name="Level">The index of the level.</param>
/// <param name="BalancedError">The balanced error of the other entry, 0..1.</param>
/// <param name="Difference">The other entry's balanced error minus this one's.</param>
public sealed record DialLevelDifference(string Dial, int Level, double BalancedError, DialDifference Difference);

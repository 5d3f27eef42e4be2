using System.Globalization;
using Coos.Evaluator.Plates;
using Coos.Shared.Scores;

namespace Coos.Server.Plates;

/// <summary>States in words what the tests of the position on the plate show.</summary>
internal static class PlateSummary
{
    /// <summary>The smallest p that is written as a number.</summary>
    private const double Smallest = 0.001;

    /// <summary>Describes the three tests: the effects that are shown, those that are not, and those that cannot be tested.</summary>
    public static string Describe(IReadOnlyList<PositionTest> tests)
    {
        if (tests.Select(t => t.Untested).Distinct().ToList() is [{ } reason])
        {
            return $"Effects of the position on the plate cannot be tested: {Explain(reason, null)}.";
        }

        PositionTest[] tested = [.. tests.Where(t => t.AdjustedP is not null)];
        var shown = tested.Where(IsShown).Select(DescribeEffect);
        PositionTest[] others = [.. tested.Where(t => !IsShown(t))];
        var missing = tests
            .Where(t => t.Untested is not null)
            .GroupBy(t => Explain(t.Untested!.Value, t.Effect), t => NameOf(t.Effect))
            .Select(g => $"The {string.Join(" and ", g)} {(g.Count() > 1 ? "effects" : "effect")} cannot be tested: {g.Key}.");
        return string.Join(' ', [.. shown, .. DescribeOthers(others), .. missing]);
    }

    /// <summary>Why a test was not done, as the end of a sentence.</summary>
    public static string Explain(UntestedReason reason, PositionEffect? effect) =>
        reason switch
        {
            UntestedReason.TooFewWells => "there are too few wells of the same class on a plate",
            UntestedReason.NoVariation => "all wells of a class have the same share of errors",
            _ => effect switch
            {
                PositionEffect.Edge => "no plate has wells of one class both at the edge and inside",
                PositionEffect.Row => "no plate has wells of one class in two rows",
                PositionEffect.Column => "no plate has wells of one class in two columns",
                _ => "no plate has two wells of the same class whose positions are known",
            },
        };

    /// <summary>Whether a test shows an effect.</summary>
    public static bool IsShown(PositionTest test) => test.AdjustedP <= PositionTests.Level;

    /// <summary>The name of an effect within a sentence.</summary>
    public static string NameOf(PositionEffect effect) =>
        effect switch
        {
            PositionEffect.Edge => "edge",
            PositionEffect.Row => "row",
            _ => "column",
        };

    /// <summary>The name of what a difference is about: the edge, row H or column 7.</summary>
    public static string NameOf(PositionEffect effect, PositionDifference difference) =>
        effect switch
        {
            PositionEffect.Edge => "edge",
            PositionEffect.Row => $"row {WellPosition.RowName(difference.Index)}",
            _ => $"column {(difference.Index + 1).ToString(CultureInfo.InvariantCulture)}",
        };

    private static string DescribeEffect(PositionTest test)
    {
        var largest = test.Largest!;
        var points = $"{Percent.Of(Math.Abs(largest.Difference))} points {(largest.Difference < 0 ? "fewer" : "more")} errors";
        return test.Effect == PositionEffect.Edge
            ? $"Wells at the edge have {points} than inner wells (p {FormatP(test)})."
            : $"{(test.Effect == PositionEffect.Row ? "Rows" : "Columns")} differ (p {FormatP(test)}): "
                + $"{NameOf(test.Effect, largest)} stands out most, with {points} than the others.";
    }

    private static IEnumerable<string> DescribeOthers(PositionTest[] tests)
    {
        string[] names = [.. tests.Select(t => NameOf(t.Effect))];
        return names switch
        {
            [] => [],
            [var one] => [$"No {one} effect shown."],
            [.. var first, var last] => [$"No {string.Join(", ", first)} or {last} effect shown."],
        };
    }

    private static string FormatP(PositionTest test) =>
        test.AdjustedP < Smallest ? "< 0.001" : test.AdjustedP!.Value.ToString("0.000", CultureInfo.InvariantCulture);
}

using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Forecasts;

/// <summary>The entries whose accuracies are forecast.</summary>
/// <param name="Reference">The test set without shift.</param>
/// <param name="Part">The part of the labels.</param>
/// <param name="Groups">The entries with the reference and a shifted test set, one group per shifted test set.</param>
internal sealed record ForecastInput(string Reference, LabelPart Part, IReadOnlyList<EntryGroup> Groups)
{
    /// <summary>The maximum number of entries: their original files are unpacked again, which takes up to a second each.</summary>
    public const int MaximumEntries = 200;

    /// <summary>Selects the entries of a board.</summary>
    /// <param name="board">The board of a benchmark with a reference.</param>
    public static ForecastInput Select(Board board)
    {
        var benchmark = board.Benchmark;
        var reference = benchmark.Reference!;
        return new ForecastInput(
            reference,
            benchmark.ScoredPart,
            [
                .. benchmark
                    .TestSplits.Where(s => s.Name != reference)
                    .Select(s => EntryGroup.Select(board.Rows, [reference, s.Name], MaximumEntries)),
            ]
        );
    }

    /// <summary>Whether another input has the same entries and labels.</summary>
    public bool IsSame(ForecastInput other) =>
        Part == other.Part
        && Groups.Count == other.Groups.Count
        && Groups.Zip(other.Groups).All(g => g.First.Splits.SequenceEqual(g.Second.Splits) && g.First.IsSame(g.Second));
}

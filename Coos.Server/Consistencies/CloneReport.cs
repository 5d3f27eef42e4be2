using Coos.Server.Leaderboards;

namespace Coos.Server.Consistencies;

/// <summary>The pairs of entries whose mistakes are more alike than those of one method trained twice, for organisers.</summary>
/// <param name="Pairs">The pairs, the most alike first.</param>
/// <param name="Count">The number of such pairs, of which at most <see cref="MaximumPairs"/> are listed.</param>
public sealed record CloneReport(IReadOnlyList<ClonePair> Pairs, int Count)
{
    /// <summary>
    /// The kappa above which a pair is listed. Runs of one method with other seeds had at most the kappa in docs/metrics.md
    /// ("Runs of one method"), which the command <c>kappa</c> of Coos.Measurements prints.
    /// </summary>
    public const double Threshold = 0.95;

    /// <summary>The maximum number of pairs that are listed.</summary>
    public const int MaximumPairs = 50;

    /// <summary>Lists the pairs of a result.</summary>
    internal static CloneReport Create(ConsistencyResult result)
    {
        var pairs = (result.Table?.List() ?? []).Where(p => p.Kappa > Threshold).OrderByDescending(p => p.Kappa).ToList();
        return new CloneReport([.. pairs.Take(MaximumPairs).Select(p => Describe(result, p.Second, p.First))], pairs.Count);
    }

    private static ClonePair Describe(ConsistencyResult result, int better, int worse)
    {
        var pair = result.Layout!.Compute(result.Evidence[better], result.Evidence[worse]);
        return new ClonePair(result.Group.Rows[better].Entry, result.Group.Rows[worse].Entry, pair.Kappa!.Value, pair.Agreement);
    }
}

/// <summary>Two entries with nearly the same mistakes.</summary>
/// <param name="First">The better entry.</param>
/// <param name="Second">The other entry.</param>
/// <param name="Kappa">The error consistency, -1..1.</param>
/// <param name="Agreement">The share of images that both get right or both get wrong, 0..1, class-balanced.</param>
public sealed record ClonePair(LeaderboardEntry First, LeaderboardEntry Second, double Kappa, double Agreement);

using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>
/// The weighted error of a reported result, as far as it follows from what is published: the balanced error for equal weights, or the
/// sensitivities of all classes of the mix. Costs need confusion matrices, which are not published.
/// </summary>
internal static class ReportedMix
{
    /// <summary>Why a reported result is left out.</summary>
    public const string Reason = "its publication has no result of each class";

    /// <summary>Computes the weighted error of a reported result; null if the published numbers do not give it.</summary>
    public static double? ComputeError(LeaderboardEntry entry, MixInput input, BenchmarkFolder folder)
    {
        if (input.Query.Costs.Count > 0)
        {
            return null;
        }

        var sum = 0.0;
        foreach (var (s, split) in input.Splits.Index())
        {
            var weights = folder.Benchmark.Classes.Select(c => IsPresent(input, s, c.Index) ? input.Query.WeightOf(c.Index) : 0).ToList();
            if (FindError(entry, split, weights, input, s, folder) is not { } error)
            {
                return null;
            }

            sum += error;
        }

        return sum / input.Splits.Count;
    }

    private static bool IsPresent(MixInput input, int split, int index) => input.Layout?.Splits[split].ClassImages[index] is not 0;

    private static double? FindError(
        LeaderboardEntry entry,
        Split split,
        List<double> weights,
        MixInput input,
        int s,
        BenchmarkFolder folder
    )
    {
        double[] present = [.. weights.Where((_, k) => IsPresent(input, s, k))];
        if (
            folder.Benchmark.Ranking.IsByBalancedError
            && present.All(w => w == present[0])
            && entry.Splits.TryGetValue(split.Name, out var score)
        )
        {
            return score.Loss;
        }

        var published = folder
            .Sensitivities.Where(r => r.Split == split.Name && r.Method == entry.Method)
            .ToLookup(r => r.Class, r => r.Sensitivity);
        var needed = weights.Index().Where(w => w.Item > 0).ToList();
        return needed.All(w => published.Contains(w.Index))
            ? needed.Sum(w => w.Item * (1 - published[w.Index].First())) / needed.Sum(w => w.Item)
            : null;
    }
}

using Coos.Shared.Benchmarks;

namespace Coos.Shared.Predictions;

/// <summary>Refuses predictions without the probabilities that the ranking metric needs, before they count against a quota.</summary>
public static class RequiredProbabilities
{
    /// <summary>Reports a file without probabilities if the benchmark ranks its split by a metric of probabilities.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The split of the file.</param>
    /// <param name="hasProbabilities">Whether the file has probabilities.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="problems">Receives the problem.</param>
    public static void Check(Benchmark benchmark, string split, bool hasProbabilities, string file, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(problems);
        if (
            hasProbabilities
            || !benchmark.Ranking.Splits.Contains(split)
            || benchmark.Ranking.FindMetricOfProbabilities(split) is not { } metric
        )
        {
            return;
        }

        var last = benchmark.Classes.Count - 1;
        problems.Add(
            file,
            1,
            "p0",
            ProblemCode.MissingColumn,
            $"the file has no probabilities, but {benchmark.Name} ranks by {metric.Name}, which needs them; "
                + $"add the columns p0 to p{last}, or z0 to z{last} for logits, or an array probabilities"
        );
    }
}

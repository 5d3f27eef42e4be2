using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Disclosures;

/// <summary>Computes the rounded scores that a guarded benchmark shows.</summary>
internal static class GuardedScores
{
    /// <summary>Computes the mean over the ranking splits, with its interval; null unless all of them are scored.</summary>
    public static ErrorEstimate? ComputeMean(Benchmark benchmark, IReadOnlyDictionary<string, ErrorEstimate> splits) =>
        RankingScore.Estimate(benchmark, splits.GetValueOrDefault);

    /// <summary>Rounds the mean and the splits that the manifest shows, with their intervals.</summary>
    /// <returns>The rounded scores by split and <see cref="Disclosure.MeanKey"/>; none without a mean.</returns>
    public static IReadOnlyDictionary<string, ErrorEstimate> Round(Benchmark benchmark, IReadOnlyDictionary<string, ErrorEstimate> splits)
    {
        var shown = new Dictionary<string, ErrorEstimate>();
        if (ComputeMean(benchmark, splits) is { } mean)
        {
            shown[Disclosure.MeanKey] = benchmark.Disclosure.Round(mean);
            foreach (var split in benchmark.Disclosure.Splits.Where(splits.ContainsKey))
            {
                shown[split] = benchmark.Disclosure.Round(splits[split]);
            }
        }

        return shown;
    }

    /// <summary>
    /// The answers that may be given about a submission, the most detailed first. A participant whose budget does not allow the
    /// first gets the mean alone, as long as it allows that.
    /// </summary>
    public static IEnumerable<IReadOnlyDictionary<string, ErrorEstimate>> ListAnswers(
        Benchmark benchmark,
        IReadOnlyDictionary<string, ErrorEstimate> splits
    )
    {
        var full = Round(benchmark, splits);
        yield return full;
        if (full.TryGetValue(Disclosure.MeanKey, out var mean))
        {
            yield return new Dictionary<string, ErrorEstimate> { [Disclosure.MeanKey] = mean with { Lower = null, Upper = null } };
        }
    }

    /// <summary>The complete scores of a report.</summary>
    public static IReadOnlyDictionary<string, ErrorEstimate> Of(Evaluation evaluation) =>
        evaluation
            .Splits.Select(s => (s.Split, Loss: s.FindLoss()))
            .Where(s => s.Loss is not null)
            .ToDictionary(s => s.Split, s => s.Loss!);
}

using System.Runtime.CompilerServices;
using Coos.Evaluator;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Scoring;

/// <summary>Keeps the scorer of each split for as long as its labels are in memory.</summary>
internal sealed class ScorerCache
{
    private readonly ConditionalWeakTable<SplitLabels, SplitScorer> _scorers = [];

    /// <summary>Gets the scorer of labels.</summary>
    /// <param name="labels">The labels of a split, or of a part of one.</param>
    /// <param name="benchmark">The benchmark, whose manifest may have changed since.</param>
    public SplitScorer Get(SplitLabels labels, Benchmark benchmark)
    {
        var plan = ScorePlan.Of(benchmark);
        if (_scorers.TryGetValue(labels, out var known) && Fits(known, plan, benchmark))
        {
            return known;
        }

        var scorer = new SplitScorer(labels, benchmark.Classes, benchmark.Cluster, plan);
        _scorers.AddOrUpdate(labels, scorer);
        return scorer;
    }

    private static bool Fits(SplitScorer known, ScorePlan plan, Benchmark benchmark) =>
        known.Plan.Key == plan.Key && known.Cluster == benchmark.Cluster && known.Classes.SequenceEqual(benchmark.Classes);
}

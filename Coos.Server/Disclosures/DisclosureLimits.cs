using System.Collections.Concurrent;
using Coos.Evaluator.Disclosures;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Disclosures;

/// <summary>Computes how much a participant may be told about the labels of a benchmark, and what that is worth.</summary>
internal sealed class DisclosureLimits(LabelStore labels, CoosSettings settings)
{
    private readonly ConcurrentDictionary<string, (IReadOnlyList<Guid> Versions, InformationBound Bound)> _bounds = new();

    /// <summary>By how much the answers to one participant may lower an error of 10%, as a fraction.</summary>
    public double GetMaximumGain(Benchmark benchmark) => benchmark.Disclosure.MaximumGain ?? settings.MaximumGain;

    /// <summary>The bits that one participant may be told; infinite unless the benchmark is guarded with a limit.</summary>
    public double GetMaximumBits(Benchmark benchmark) =>
        !benchmark.Disclosure.IsGuarded || GetMaximumGain(benchmark) >= InformationBound.AssumedError
            ? double.PositiveInfinity
            : FindBound(benchmark)?.ComputeBits(GetMaximumGain(benchmark)) ?? 0;

    /// <summary>By how much a number of bits can lower an error of 10%, as a fraction; null without labels.</summary>
    public double? ComputeGain(Benchmark benchmark, double bits) => FindBound(benchmark)?.ComputeMaximumGain(bits);

    /// <summary>The rule by which scores of a benchmark with a ladder are released.</summary>
    public ReleaseRule GetRule(Benchmark benchmark) =>
        new(benchmark.Disclosure.Step, benchmark.Ladder?.Step ?? benchmark.Disclosure.Step, GetMaximumBits(benchmark));

    /// <summary>
    /// The bound for the labels of the ranking splits, of their public part, which answers are about; null if the labels of one are
    /// missing.
    /// </summary>
    private InformationBound? FindBound(Benchmark benchmark)
    {
        var active = new List<ActiveLabels>();
        foreach (var split in benchmark.Ranking.Splits)
        {
            if (!labels.TryGet(benchmark.Slug, split, out var found))
            {
                return null;
            }

            active.Add(found);
        }

        Guid[] versions = [.. active.Select(a => a.VersionId)];
        if (_bounds.TryGetValue(benchmark.Slug, out var known) && known.Versions.SequenceEqual(versions))
        {
            return known.Bound;
        }

        var bound = InformationBound.ForBalancedError(
            [.. active.Select(a => CountClasses(a.Parts.Public.Labels.Classes, benchmark.Classes.Count))],
            benchmark.Classes.Count
        );
        _bounds[benchmark.Slug] = (versions, bound);
        return bound;
    }

    private static int[] CountClasses(ushort[] labels, int classes)
    {
        var counts = new int[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        return counts;
    }
}

using Coos.Evaluator.Resolution;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Resolution;

/// <summary>Computes the resolution of a benchmark from the designs of its splits.</summary>
internal static class ResolutionBuilder
{
    /// <summary>The error of the better entry in the summary.</summary>
    public const double Error = 0.1;

    /// <summary>The agreement of the entries in the summary: they err independently, which needs the largest difference.</summary>
    public const double Agreement = 0;

    /// <summary>The agreement of entries that mostly make the same mistakes.</summary>
    public const double HighAgreement = 0.7;

    /// <summary>The number of entries whose pairs are tested together.</summary>
    public const int Entries = 20;

    /// <summary>The differences whose test sets' size is computed.</summary>
    private static readonly double[] Wanted = [0.01, 0.005];

    private static readonly double[] Errors = [0.05, Error, 0.2];

    private static readonly double[] Agreements = [Agreement, HighAgreement];

    /// <summary>Builds the document.</summary>
    public static ResolutionDocument Build(Benchmark benchmark, IReadOnlyList<KnownDesign> designs)
    {
        SplitResolution[] splits = [.. designs.Select(ToSplit)];
        KnownDesign[] ranking = [.. benchmark.Ranking.Splits.Select(name => designs.Single(d => d.Split == name))];
        var mean = Array.TrueForAll(ranking, d => d.Design is not null) ? ToRanking(ranking, benchmark) : null;
        return new ResolutionDocument
        {
            Benchmark = benchmark.Slug,
            Summary = ResolutionSummary.Describe(benchmark, mean, ResolutionDocument.FindUnit(splits)),
            Error = Error,
            Agreement = Agreement,
            Power = SmallestDifference.Power,
            Level = SmallestDifference.Level,
            Entries = Entries,
            HolmLevel = SmallestDifference.ComputeHolmLevel(Entries),
            Margin = benchmark.Margin,
            Splits = splits,
            Ranking = mean,
        };
    }

    private static SplitResolution ToSplit(KnownDesign known)
    {
        if (known.Design is not { } design)
        {
            return new SplitResolution
            {
                Split = known.Split,
                Cluster = known.Unit,
                IccSource = known.CorrelationSource,
                Design = known.Source,
                Note = "the number of images is not known: the manifest does not name it, and there are no labels yet",
                Table = [],
            };
        }

        var (icc, last) = (known.Correlations[^1], known.ComputeVariance(known.Correlations.Count - 1));
        var isClustered = design.Clusters is not null;
        return new SplitResolution
        {
            Split = known.Split,
            Images = (int)design.Images,
            Cluster = known.Unit,
            Clusters = known.Source == DesignSource.Labels && isClustered ? (int)design.Clusters! : null,
            Icc = isClustered ? icc.Within : null,
            IccBetweenClasses = icc.Between,
            IccSource = known.CorrelationSource,
            Design = known.Source,
            DegreesOfFreedom = ToFinite(last.Degrees),
            SmallestDifference = SmallestDifference.Compute(last, Error, Agreement),
            SmallestP = known.Source == DesignSource.Labels && isClustered ? design.SmallestP : null,
            Note = design.HasSingleCluster
                ? "some classes have only one cluster, so the test cannot estimate differences between clusters and finds too many"
                : null,
            Table = CreateTable([known]),
        };
    }

    private static RankingResolution ToRanking(KnownDesign[] designs, Benchmark benchmark)
    {
        var assumptions = designs.Max(d => d.Correlations.Count);
        var last = ComputeMean(designs, assumptions - 1);
        var isKnown = Array.TrueForAll(designs, d => d is { Source: DesignSource.Labels, Design.Clusters: not null });
        return new RankingResolution
        {
            Splits = benchmark.Ranking.Splits,
            Clusters = isKnown ? designs.Sum(d => (int)d.Design!.Clusters!) : null,
            DegreesOfFreedom = ToFinite(last.Degrees),
            SmallestDifference = SmallestDifference.Compute(last, Error, Agreement),
            SmallestP = isKnown ? designs.Aggregate(1.0, (p, d) => p * d.Design!.SmallestP) : null,
            Table = CreateTable(designs),
            Needed =
            [
                .. Wanted
                    .Concat(benchmark.Margin is { } margin && margin + Error <= 1 ? [margin] : [])
                    .Distinct()
                    .OrderDescending()
                    .Select(d => new NeededSize(d, SmallestDifference.ComputeTimes(last, Error, Agreement, d))),
            ],
        };
    }

    private static ResolutionRow[] CreateTable(KnownDesign[] designs)
    {
        var assumptions = designs.Max(d => d.Correlations.Count);
        return
        [
            .. from assumption in Enumerable.Range(0, assumptions)
            let variance = ComputeMean(designs, assumption)
            from error in Errors
            from agreement in Agreements
            select new ResolutionRow(
                designs is [{ Design.Clusters: not null } one] ? one.Correlations[assumption].Within : null,
                assumptions > 1 ? (CorrelationAssumption)assumption : null,
                error,
                agreement,
                SmallestDifference.Compute(variance, error, agreement),
                SmallestDifference.Compute(variance, error, agreement, SmallestDifference.ComputeHolmLevel(Entries))
            ),
        ];
    }

    private static DesignVariance ComputeMean(KnownDesign[] designs, int assumption) =>
        DesignVariance.ComputeMean([.. designs.Select(d => d.ComputeVariance(assumption))]);

    private static double? ToFinite(double degrees) => double.IsFinite(degrees) ? degrees : null;
}

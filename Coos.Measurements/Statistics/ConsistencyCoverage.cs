using Coos.Evaluator.Consistency;
using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures the coverage of the interval of the error consistency of two entries. The second entry copies whether the first is
/// right for a share of the images and errs independently on the others. Class 0 has twice the error of the others. Clusters
/// differ in how hard they are for each entry: the probit of an image's error has a normal effect of its cluster. Under "all or
/// nothing" an image takes the outcomes of its cluster with probability sqrt(ICC) instead, so that few clusters decide.
/// </summary>
internal static class ConsistencyCoverage
{
    private const int Runs = 1000;
    private const int Classes = 7;
    private const int ImagesPerCell = 25;

    private static readonly double[] Errors = [0.02, 0.1, 0.3];
    private static readonly double[] Copied = [0, 0.5, 0.9];
    private static readonly (double Correlation, bool IsAllOrNothing) Independent = (0, false);

    private static readonly (double Correlation, bool IsAllOrNothing)[] Correlations =
    [
        Independent,
        (0.1, false),
        (0.3, false),
        (0.1, true),
    ];

    public static void Print()
    {
        (double Error, double Copied)[] cells = [.. Errors.SelectMany(e => Copied.Select(c => (e, c)))];
        CoverageMeasurement.WriteHeader([
            "layout",
            "correlation within",
            .. cells.Select(c => FormattableString.Invariant($"error {100 * c.Error:0}%, copied {100 * c.Copied:0}%")),
        ]);
        foreach (var layout in Layouts())
        {
            foreach (var (correlation, isAllOrNothing) in layout.Cluster is null ? [Independent] : Correlations)
            {
                CoverageMeasurement.WriteRow([
                    layout.Name,
                    FormattableString.Invariant($"{correlation}{(isAllOrNothing ? ", all or nothing" : "")}"),
                    .. cells.Select(c =>
                        (object)
                            CoverageMeasurement.EstimateShare(
                                Runs,
                                seed => Covers(layout, new PairModel(c.Error, c.Copied, correlation, isAllOrNothing), seed)
                            )
                    ),
                ]);
            }
        }
    }

    private static IEnumerable<SimulatedLayout> Layouts()
    {
        yield return SimulatedLayout.Create("50 images per class", 50, (_, _) => 0, null);
        yield return SimulatedLayout.Create("200 images per class", 200, (_, _) => 0, null);
        foreach (var wells in new[] { 8, 16, 40 })
        {
            yield return SimulatedLayout.Create(
                $"{wells} wells per class",
                wells * ImagesPerCell,
                (k, i) => (k * wells) + (i / ImagesPerCell),
                "well"
            );
        }

        foreach (var plates in new[] { 5, 8, 16, 40 })
        {
            yield return SimulatedLayout.Create(
                $"{plates} plates of all classes",
                plates * ImagesPerCell,
                (_, i) => i / ImagesPerCell,
                "plate"
            );
        }
    }

    private static bool Covers(SimulatedLayout layout, PairModel model, ulong seed)
    {
        var mix = new SplitMix(seed);
        var clusters = new Outcomes[layout.Clusters];
        for (var g = 0; g < clusters.Length; g++)
        {
            clusters[g] = Outcomes.Draw(ref mix);
        }

        var (first, second) = (new ushort[layout.Actual.Length], new ushort[layout.Actual.Length]);
        for (var i = 0; i < first.Length; i++)
        {
            var (own, ofCluster) = (Outcomes.Draw(ref mix), clusters[layout.ClusterOf[i]]);
            var takesCluster = mix.NextDouble() < Math.Sqrt(model.Correlation);
            var drawn =
                !model.IsAllOrNothing ? own.Mix(ofCluster, model.Correlation)
                : takesCluster ? ofCluster
                : own;
            var limit = Probit.Compute(ErrorOf(layout.Actual[i], model.Error));
            var isWrong = drawn.First < limit;
            var isSecondWrong = drawn.Copy < model.Copied ? isWrong : drawn.Second < limit;
            first[i] = (ushort)((layout.Actual[i] + (isWrong ? 1 : 0)) % Classes);
            second[i] = (ushort)((layout.Actual[i] + (isSecondWrong ? 1 : 0)) % Classes);
        }

        var (a, b) = (layout.Consistency.Encode([first]), layout.Consistency.Encode([second]));
        var truth = ComputeTruth(model.Error, model.Copied);

        // Without an error kappa is not defined, and the page shows no interval.
        return KappaInterval.Compute(layout.Consistency, a, b) is not { } known
            || (known.Interval.Lower <= truth && truth <= known.Interval.Upper);
    }

    /// <summary>The kappa of the model: both entries have the same errors, and agree by copying or by chance.</summary>
    private static double ComputeTruth(double error, double copied)
    {
        var (accuracy, agreement) = (0.0, 0.0);
        for (var k = 0; k < Classes; k++)
        {
            var wrong = ErrorOf(k, error);
            accuracy += (1 - wrong) / Classes;
            agreement += (copied + ((1 - copied) * ((wrong * wrong) + ((1 - wrong) * (1 - wrong))))) / Classes;
        }

        return new ErrorConsistency(accuracy, accuracy, agreement).Kappa!.Value;
    }

    private static double ErrorOf(int k, double error) => k == 0 ? 2 * error : error;

    private readonly record struct PairModel(double Error, double Copied, double Correlation, bool IsAllOrNothing);

    /// <summary>Normal numbers that decide whether each entry is wrong, and a uniform one that decides whether the second copies.</summary>
    private readonly record struct Outcomes(double First, double Second, double Copy)
    {
        public static Outcomes Draw(ref SplitMix mix) => new(DrawNormal(ref mix), DrawNormal(ref mix), mix.NextDouble());

        /// <summary>Adds the effect of a cluster. Whether the second entry copies does not depend on it.</summary>
        public Outcomes Mix(Outcomes cluster, double correlation)
        {
            var (own, common) = (Math.Sqrt(1 - correlation), Math.Sqrt(correlation));
            return new Outcomes((own * First) + (common * cluster.First), (own * Second) + (common * cluster.Second), Copy);
        }

        private static double DrawNormal(ref SplitMix mix) => Probit.Compute(mix.NextDouble() + 1e-17);
    }

    private sealed record SimulatedLayout(string Name, ushort[] Actual, int[] ClusterOf, string? Cluster, ConsistencyLayout Consistency)
    {
        public int Clusters { get; } = ClusterOf.Max() + 1;

        public static SimulatedLayout Create(string name, int imagesPerClass, Func<int, int, int> clusterOf, string? cluster)
        {
            var rows = new LabelRows();
            for (var i = 0; i < Classes * imagesPerClass; i++)
            {
                rows.TryAdd(i.ToString(System.Globalization.CultureInfo.InvariantCulture), i / imagesPerClass);
            }

            var labels = rows.ToLabels();
            int[] clusters =
            [
                .. Enumerable.Range(0, Classes * imagesPerClass).Select(i => clusterOf(i / imagesPerClass, i % imagesPerClass)),
            ];
            string[] names = [.. clusters.Select(c => $"c{c}")];
            labels = cluster switch
            {
                "well" => labels.With("well", names),
                "plate" => labels.With("plate", names),
                _ => labels,
            };
            return new SimulatedLayout(
                name,
                labels.Classes,
                clusters,
                cluster,
                new ConsistencyLayout([new SplitPart(labels, null)], Classes, cluster)
            );
        }
    }
}

using System.Globalization;
using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures the interval of a weighted error, and the false positives of the test of two entries, for images that are correlated
/// within wells. Seven classes, 25 images of each class per well; half of the mistakes are called the next class and half the one
/// after it, which costs 5 where costs differ.
/// </summary>
/// <remarks>
/// Each well has its own probability of an error in each class, or one for all classes, from a beta distribution: two images then
/// have the correlation ICC (Williams, "The analysis of binary responses from toxicological experiments", Biometrics 31, 1975).
/// </remarks>
internal static class MixCoverage
{
    private const int Runs = 2000;
    private const int Images = ClusterCoverage.ImagesPerWell;
    private const int Classes = SplitTruth.ClassCount;

    private static readonly (string Name, ClassMix Mix)[] Mixes =
    [
        ("equal weights", new ClassMix([1, 1, 1, 1, 1, 1, 1])),
        ("0.9 and 0.1 of two classes", new ClassMix([0.9, 0.1, 0, 0, 0, 0, 0])),
        ("one class", new ClassMix([1, 0, 0, 0, 0, 0, 0])),
        ("equal weights, half of the mistakes cost 5", new ClassMix([1, 1, 1, 1, 1, 1, 1], CreateCosts())),
        ("one class, half of the mistakes cost 5", new ClassMix([1, 0, 0, 0, 0, 0, 0], CreateCosts())),
    ];

    public static void Print()
    {
        foreach (var (name, mix) in Mixes)
        {
            CoverageMeasurement.WriteHeader(
                name + ": wells",
                "ICC",
                "error 15%",
                "5%",
                "1%",
                "wells hold all classes, 15%",
                "5%",
                "1%",
                "p at most 5%, equal entries"
            );
            foreach (var wells in new[] { 8, 16, 40 })
            {
                foreach (var icc in new[] { 0, 0.1, 0.3 })
                {
                    Print(mix, wells, icc);
                }
            }
        }
    }

    private static void Print(ClassMix mix, int wells, double icc)
    {
        var (own, shared) = (new MixTruth(mix, wells, icc, false), new MixTruth(mix, wells, icc, true));
        CoverageMeasurement.WriteRow(
            wells,
            FormattableString.Invariant($"{icc}"),
            own.Simulate(0.15),
            own.Simulate(0.05),
            own.Simulate(0.01),
            shared.Simulate(0.15),
            shared.Simulate(0.05),
            shared.Simulate(0.01),
            CoverageMeasurement.EstimateShare(Runs, seed => own.Rejects(0.1, seed))
        );
    }

    private static Dictionary<(int, int), double> CreateCosts() =>
        Enumerable.Range(0, Classes).ToDictionary(k => (k, (k + 1) % Classes), _ => 5.0);

    /// <summary>A split from which predictions are drawn.</summary>
    private sealed class MixTruth
    {
        private readonly ClassMix _mix;
        private readonly double _icc;
        private readonly ushort[] _actual;
        private readonly int[] _wells;
        private readonly int _count;
        private readonly MixLayout _layout;

        public MixTruth(ClassMix mix, int wells, double icc, bool holdsAllClasses)
        {
            (_mix, _icc) = (mix, icc);
            _actual = [.. Enumerable.Range(0, wells * Classes * Images).Select(i => (ushort)(i / Images % Classes))];
            _wells = [.. Enumerable.Range(0, _actual.Length).Select(i => holdsAllClasses ? i / Images / Classes : i / Images)];
            _count = holdsAllClasses ? wells : wells * Classes;
            _layout = new MixLayout([MixSplit.Create(_actual, Classes, new Clusters("well", _wells, _count))], mix);
        }

        /// <summary>Estimates the coverage, and in brackets the share of intervals that miss without a warning.</summary>
        public string Simulate(double error)
        {
            var truth = ComputeTruth(error);
            var (covered, misleading) = (0, 0);
            Parallel.For(
                0,
                Runs,
                i =>
                {
                    var mix = new SplitMix(((ulong)i + 1) << 32);
                    var interval = _layout.Score([_layout.Splits[0].Count(Predict(error, ref mix))]).ComputeInterval();
                    var isCovered = interval.Limits.Lower <= truth && truth <= interval.Limits.Upper;
                    Interlocked.Add(ref covered, isCovered ? 1 : 0);
                    Interlocked.Add(ref misleading, !isCovered && interval.IsReliable ? 1 : 0);
                }
            );
            return string.Create(CultureInfo.InvariantCulture, $"{100.0 * covered / Runs:0.0}% ({100.0 * misleading / Runs:0.0}%)");
        }

        /// <summary>Whether two equally good entries differ significantly.</summary>
        public bool Rejects(double error, ulong seed)
        {
            var mix = new SplitMix(seed);
            var split = _layout.Splits[0];
            var (first, second) = (
                _layout.Score([split.Count(Predict(error, ref mix))]),
                _layout.Score([split.Count(Predict(error, ref mix))])
            );
            return MixPair.Compute(_layout, first, second).P <= 0.05;
        }

        private double ComputeTruth(double error)
        {
            var (sum, weights) = (0.0, 0.0);
            for (var k = 0; k < Classes; k++)
            {
                sum += _mix.Weight(k) * error * (_mix.Cost(k, (k + 1) % Classes) + _mix.Cost(k, (k + 2) % Classes)) / 2;
                weights += _mix.Weight(k);
            }

            return sum / weights;
        }

        private ushort[] Predict(double error, ref SplitMix mix)
        {
            var chances = new double[_count];
            for (var g = 0; g < _count; g++)
            {
                chances[g] = _icc == 0 ? error : DrawBeta(error * ((1 / _icc) - 1), (1 - error) * ((1 / _icc) - 1), ref mix);
            }

            var predicted = new ushort[_actual.Length];
            for (var i = 0; i < predicted.Length; i++)
            {
                var step =
                    mix.NextDouble() >= chances[_wells[i]] ? 0
                    : mix.NextDouble() < 0.5 ? 1
                    : 2;
                predicted[i] = (ushort)((_actual[i] + step) % Classes);
            }

            return predicted;
        }

        private static double DrawBeta(double a, double b, ref SplitMix mix)
        {
            var (x, y) = (DrawGamma(a, ref mix), DrawGamma(b, ref mix));
            return x + y > 0 ? x / (x + y) : a / (a + b);
        }

        /// <summary>Draws from the gamma distribution (Marsaglia and Tsang, ACM Transactions on Mathematical Software 26, 2000).</summary>
        private static double DrawGamma(double shape, ref SplitMix mix)
        {
            if (shape < 1)
            {
                return DrawGamma(shape + 1, ref mix) * Math.Pow(mix.NextDouble(), 1 / shape);
            }

            var d = shape - (1.0 / 3);
            var c = 1 / Math.Sqrt(9 * d);
            while (true)
            {
                var z = NormalDraw.Next(ref mix);
                var v = Math.Pow(1 + (c * z), 3);
                if (v > 0 && Math.Log(1 - mix.NextDouble()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v)))
                {
                    return d * v;
                }
            }
        }
    }
}

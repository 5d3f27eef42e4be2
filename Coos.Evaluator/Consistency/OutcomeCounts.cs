using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Consistency;

/// <summary>
/// The images of each split and class by outcome: neither entry right (0), only the first (1), only the second (2), both (3).
/// Counts may be fractions.
/// </summary>
internal sealed class OutcomeCounts
{
    private const int Outcomes = 4;

    // By split and class.
    private readonly double[][][] _counts;

    private OutcomeCounts(double[][][] counts)
    {
        _counts = counts;
        Consistency = new ErrorConsistency(Average(c => c[1] + c[3]), Average(c => c[2] + c[3]), Average(c => c[0] + c[3]));
    }

    /// <summary>The error consistency of these images.</summary>
    public ErrorConsistency Consistency { get; }

    /// <summary>Counts the outcomes of two entries.</summary>
    public static OutcomeCounts Count(ConsistencyLayout layout, EncodedCorrectness first, EncodedCorrectness second) =>
        new([.. layout.Maps.Select((map, split) => Count(map, first.Bits[split], second.Bits[split]))]);

    /// <summary>Adds images to each split, divided evenly among its classes and the outcomes.</summary>
    public OutcomeCounts Add(double images) =>
        new([
            .. _counts.Select(split =>
            {
                var share = images / Outcomes / split.Count(c => c.Sum() > 0);
                return split.Select(c => c.Sum() > 0 ? c.Select(n => n + share).ToArray() : c).ToArray();
            }),
        ]);

    /// <summary>The variance of kappa for independent images, linearised as in <see cref="KappaInterval.Compute"/>.</summary>
    public double ComputeVariance()
    {
        var sum = 0.0;
        for (var split = 0; split < _counts.Length; split++)
        {
            var influences = ComputeInfluences(split);
            for (var k = 0; k < influences.Length; k++)
            {
                for (var outcome = 0; outcome < Outcomes; outcome++)
                {
                    sum += _counts[split][k][outcome] * influences[k][outcome] * influences[k][outcome];
                }
            }
        }

        return sum;
    }

    /// <summary>What an image adds to the linearised kappa, by class and outcome.</summary>
    public double[][] ComputeInfluences(int split)
    {
        var (a, b, rest) = (Consistency.FirstAccuracy, Consistency.SecondAccuracy, 1 - Consistency.Expected);
        var slope = rest > 0 ? (1 - Consistency.Agreement) / rest / rest : 0;
        var classes = _counts[split];
        var present = classes.Count(c => c.Sum() > 0);
        return [.. classes.Select(Compute)];

        double[] Compute(double[] counts)
        {
            var n = counts.Sum();
            if (n == 0 || rest <= 0)
            {
                return new double[Outcomes];
            }

            var (weight, both) = (1 / (n * present * _counts.Length), (counts[0] + counts[3]) / n);
            var (first, second) = ((counts[1] + counts[3]) / n, (counts[2] + counts[3]) / n);
            return
            [
                .. Enumerable
                    .Range(0, Outcomes)
                    .Select(o =>
                        weight
                        * (
                            (((o is 0 or 3 ? 1 : 0) - both) / rest)
                            - (slope * ((((2 * b) - 1) * ((o & 1) - first)) + (((2 * a) - 1) * ((o >> 1) - second))))
                        )
                    ),
            ];
        }
    }

    private static double[][] Count(CorrectnessMap map, ulong[] first, ulong[] second)
    {
        var classes = map.ClassImages.Count;
        var (onlyFirst, onlySecond, wrong) = (new int[classes], new int[classes], new int[classes]);
        map.Count(first, second, onlyFirst, onlySecond);
        map.CountWrong(first, wrong);
        return
        [
            .. Enumerable
                .Range(0, classes)
                .Select(k =>
                {
                    double neither = wrong[k] - onlySecond[k];
                    return new[] { neither, onlyFirst[k], onlySecond[k], map.ClassImages[k] - neither - onlyFirst[k] - onlySecond[k] };
                }),
        ];
    }

    private double Average(Func<double[], double> count) =>
        _counts.Average(split => split.Where(c => c.Sum() > 0).Average(c => count(c) / c.Sum()));
}

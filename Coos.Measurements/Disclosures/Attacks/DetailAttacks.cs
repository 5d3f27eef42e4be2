using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>Attacks that use detailed reports.</summary>
internal static class DetailAttacks
{
    private const int Percents = 100;
    private const double BrierStep = 0.01;

    /// <summary>
    /// Marks K - 1 groups of images by their predicted class; the matrix then counts the true classes of each group. Groups with errors
    /// are halved until single images remain.
    /// </summary>
    public static ushort[] SplitGroups(AttackSetting setting, ref SplitMix mix)
    {
        var (honest, classes) = (setting.Benchmark.Honest, setting.Classes);
        var final = setting.CopyHonest();

        // One percent of a class is the smallest visible count; half of it is rounded up.
        const int First = 8;
        var queue = new Stack<int[]>(
            setting
                .Targets.GroupBy(i => (setting.Benchmark.Splits[i], honest[i]))
                .SelectMany(g => g.Chunk(First))
                .OrderBy(g => g.Length)
                .ThenBy(g => g[0])
        );
        while (queue.TryPeek(out var top))
        {
            var split = setting.Benchmark.Splits[top[0]];
            List<int[]> groups = [];
            List<int[]> others = [];
            while (groups.Count < classes - 1 && queue.TryPop(out var group))
            {
                (setting.Benchmark.Splits[group[0]] == split ? groups : others).Add(group);
            }

            others.AsEnumerable().Reverse().ToList().ForEach(queue.Push);
            var marked = Enumerable.Repeat((ushort)(classes - 1), honest.Length).ToArray();
            foreach (var (j, group) in groups.Index())
            {
                foreach (var i in group)
                {
                    marked[i] = (ushort)j;
                }
            }

            if (setting.Account.AskReport(split, marked) is not { } report)
            {
                break;
            }

            foreach (var (j, group) in groups.Index())
            {
                Use(report, j, group);
            }
        }

        return final;

        void Use(AttackReport report, int column, int[] group)
        {
            var split = setting.Benchmark.Splits[group[0]];
            var counts = Enumerable
                .Range(0, classes)
                .Select(k => report.Percents[k][column] * setting.Benchmark.Shape.PublicSizes[split][k] / (double)Percents)
                .ToArray();
            counts[honest[group[0]]] = 0;
            var (most, wrong) = (counts.Index().MaxBy(c => c.Item).Index, counts.Sum());
            if (wrong < 0.5)
            {
                return;
            }

            // All other images of the group may be sealed; then most of the scored ones are wrong.
            if (group.Length == 1 || counts[most] > 0.6 * group.Length)
            {
                foreach (var i in group)
                {
                    final[i] = (ushort)most;
                }
            }

            if (group.Length > 1)
            {
                queue.Push(group[..(group.Length / 2)]);
                queue.Push(group[(group.Length / 2)..]);
            }
        }
    }

    /// <summary>
    /// As the log-loss oracle (Whitehill 2017), with the rounded Brier score: the probabilities of a few images are chosen so that the
    /// sum of their errors has a different value for each set of wrong ones. All other images have equal probabilities.
    /// </summary>
    public static ushort[] ReadBrier(AttackSetting setting, ref SplitMix mix)
    {
        var (honest, classes) = (setting.Benchmark.Honest, setting.Classes);
        var final = setting.CopyHonest();
        var targets = new Queue<int>(setting.Targets.OrderBy(i => setting.Benchmark.Splits[i]));
        while (targets.TryPeek(out var first))
        {
            var split = setting.Benchmark.Splits[first];
            var images = setting.Benchmark.Shape.PublicSizes[split].Sum();

            // A wrong image adds at most 2 / n to the score: this many steps. Below 1 several images share a step.
            var steps = 2 / (BrierStep * images);
            var bits = steps >= 1 ? 1 + (int)Math.Floor(Math.Log2(steps)) : 1;
            var perBit = steps >= 1 ? 1 : (int)Math.Ceiling(1 / steps);
            List<int[]> groups = [];
            while (groups.Count < bits && targets.Count >= perBit)
            {
                var group = Enumerable.Range(0, perBit).Select(_ => targets.Dequeue()).ToArray();
                if (group.All(i => setting.Benchmark.Splits[i] == split))
                {
                    groups.Add(group);
                }
            }

            if (groups.Count == 0)
            {
                if (targets.Count < perBit)
                {
                    break;
                }

                continue;
            }

            var confidence = new Dictionary<int, double>();
            foreach (var (j, group) in groups.Index())
            {
                // The difference of a wrong and a right image is 2 (t - (1 - t) / (K - 1)), with the probability t.
                var difference = steps >= 1 ? Math.Pow(2, j) * BrierStep * images : 2;
                foreach (var i in group)
                {
                    confidence[i] = ((difference / 2 * (classes - 1)) + 1) / classes;
                }
            }

            double[] Probabilities(int image)
            {
                var t = confidence.GetValueOrDefault(image, 1.0 / classes);
                var row = Enumerable.Repeat((1 - t) / (classes - 1), classes).ToArray();
                row[honest[image]] = t;
                return row;
            }

            if (setting.Account.AskReport(split, honest, Probabilities) is not { } report)
            {
                break;
            }

            var allRight = confidence.Keys.Sum(i => Score(Probabilities(i), honest[i]));
            var equal = (images - confidence.Count) * (1 - (1.0 / classes));
            var value = (int)Math.Round((report.Brier!.Value - ((allRight + equal) / images)) / BrierStep);
            if (value < 0 || value >= 1 << groups.Count)
            {
                continue;
            }

            foreach (var i in groups.Where((_, j) => (value & (1 << j)) != 0).SelectMany(g => g))
            {
                final[i] = setting.Other(i, ref mix);
            }
        }

        return final;
    }

    private static double Score(double[] row, int actual) => row.Sum(p => p * p) + 1 - (2 * row[actual]);
}

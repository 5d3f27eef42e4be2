namespace Coos.Measurements.LabelErrors;

/// <summary>
/// The reference for possible label errors: pruning by noise rate, the default of the program cleanlab 2, written after the paper
/// (Northcutt, Jiang and Chuang, Journal of Artificial Intelligence Research 70, 2021, sections 3.1 and 3.2) and cleanlab's documentation.
/// </summary>
/// <remarks>
/// The confident joint is scaled so that its rows have as many images as the labels. For each pair of classes, as many images as its
/// element counts are taken, with the largest margins p_j - p_label. Images whose most probable class is their label are taken out again.
/// </remarks>
internal static class NoiseRatePruning
{
    private const double Tolerance = 1e-6;

    /// <summary>Finds the positions of the images whose labels are possibly wrong.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="probabilities">The probabilities of the classes for each image, row by row.</param>
    /// <param name="classes">The number of classes.</param>
    public static IReadOnlyCollection<int> Find(ushort[] labels, float[] probabilities, int classes)
    {
        var joint = CountConfident(labels, probabilities, classes);
        var found = new HashSet<int>();
        for (var label = 0; label < classes; label++)
        {
            int[] images = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
            for (var other = 0; other < classes; other++)
            {
                if (other != label)
                {
                    var count = Math.Min(ToCount(joint, label, other, images.Length), images.Length - 1);
                    found.UnionWith(images.OrderByDescending(i => Margin(i, other)).Take(count));
                }
            }
        }

        found.RemoveWhere(i => Row(i).IndexOf(Row(i).ToArray().Max()) == labels[i]);
        return found;

        Span<float> Row(int image) => probabilities.AsSpan(image * classes, classes);
        float Margin(int image, int other) => Row(image)[other] - Row(image)[labels[image]];
    }

    private static int ToCount(int[][] joint, int label, int other, int images) =>
        (int)Math.Round((double)joint[label][other] / joint[label].Sum() * images);

    private static int[][] CountConfident(ushort[] labels, float[] probabilities, int classes)
    {
        double[] thresholds =
        [
            .. Enumerable
                .Range(0, classes)
                .Select(k =>
                    Enumerable
                        .Range(0, labels.Length)
                        .Where(i => labels[i] == k)
                        .Select(i => (double)probabilities[(i * classes) + k])
                        .DefaultIfEmpty(double.PositiveInfinity)
                        .Average()
                ),
        ];
        int[][] joint = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes).ToArray();
            int[] confident = [.. Enumerable.Range(0, classes).Where(k => row[k] >= thresholds[k] - Tolerance)];
            if (confident.Length > 0)
            {
                joint[labels[i]][confident.Length == 1 ? confident[0] : Array.IndexOf(row, row.Max())]++;
            }
        }

        for (var k = 0; k < classes; k++)
        {
            joint[k][k] = Math.Max(joint[k][k], 1);
        }

        return joint;
    }
}

namespace Coos.Evaluator.LabelErrors;

/// <summary>
/// Finds labels that are probably wrong by confident learning: Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in
/// Dataset Labels", Journal of Artificial Intelligence Research 70 (2021), 1373-1411, section 3.1.
/// </summary>
/// <remarks>
/// The threshold t_j of a class is the mean probability of j over the images labelled j. An image is confidently of the class with the
/// largest probability among those with p_j of at least t_j. Its label is possibly wrong if that is another class: the image lies off the
/// diagonal of the confident joint. Thresholds of their own keep classes apart that entries are generally less sure of.
/// </remarks>
public static class ConfidentLearning
{
    /// <summary>How far a probability may lie below the threshold, for rounding.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Finds the possible label errors.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="probabilities">The probabilities of the classes for each image, row by row, predicted without these labels.</param>
    /// <param name="classes">The number of classes K.</param>
    /// <returns>The images in the order of the labels, with the class that they are confidently of.</returns>
    /// <exception cref="ArgumentException">The numbers of labels and probabilities do not match.</exception>
    public static IReadOnlyList<SuspectedLabel> Find(ReadOnlySpan<ushort> labels, ReadOnlySpan<float> probabilities, int classes)
    {
        if (probabilities.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"There are {probabilities.Length} probabilities for {labels.Length} images of {classes} classes.",
                nameof(probabilities)
            );
        }

        var thresholds = FindThresholds(labels, probabilities, classes);
        var found = new List<SuspectedLabel>();
        for (var i = 0; i < labels.Length; i++)
        {
            var ofImage = probabilities.Slice(i * classes, classes);
            var confident = FindConfident(ofImage, thresholds);
            if (confident >= 0 && confident != labels[i])
            {
                found.Add(new SuspectedLabel(i, (ushort)confident, ofImage[labels[i]], ofImage[confident]));
            }
        }

        return found;
    }

    /// <summary>The mean probability of each class over the images with this label; infinite for a class without images.</summary>
    private static double[] FindThresholds(ReadOnlySpan<ushort> labels, ReadOnlySpan<float> probabilities, int classes)
    {
        var (sums, counts) = (new double[classes], new int[classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            sums[labels[i]] += probabilities[(i * classes) + labels[i]];
            counts[labels[i]]++;
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.PositiveInfinity : sum / count)];
    }

    private static int FindConfident(ReadOnlySpan<float> probabilities, double[] thresholds)
    {
        var confident = -1;
        for (var k = 0; k < probabilities.Length; k++)
        {
            if (probabilities[k] >= thresholds[k] - Tolerance && (confident < 0 || probabilities[k] > probabilities[confident]))
            {
                confident = k;
            }
        }

        return confident;
    }
}

using Coos.Shared.Scores;

namespace Coos.Evaluator.LabelErrors;

/// <summary>Scores entries as if the doubtful labels of a split were left out, or replaced as suggested.</summary>
public sealed class LabelCorrection
{
    private readonly ushort[] _labels;
    private readonly (int Image, ushort Suggested)[] _doubtful;
    private readonly int _classes;

    /// <summary>Creates the correction.</summary>
    /// <param name="labels">The class of each image that is scored.</param>
    /// <param name="doubtful">The images whose labels are doubtful, each once, and the suggested class.</param>
    /// <param name="classes">The number of classes K.</param>
    public LabelCorrection(ushort[] labels, IEnumerable<(int Image, ushort Suggested)> doubtful, int classes) =>
        (_labels, _doubtful, _classes) = (labels, [.. doubtful], classes);

    /// <summary>Scores an entry.</summary>
    /// <param name="predicted">The predicted class of each image that is scored.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public CorrectedErrors Score(ushort[] predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        var confusion = ConfusionMatrix.Count(_labels, predicted, _classes);
        int[] images = [.. Enumerable.Range(0, _classes).Select(confusion.ClassImages)];
        int[] correct = [.. Enumerable.Range(0, _classes).Select(confusion.ClassCorrect)];
        foreach (var (image, _) in _doubtful)
        {
            images[_labels[image]]--;
            correct[_labels[image]] -= predicted[image] == _labels[image] ? 1 : 0;
        }

        var without = BalancedError(images, correct);
        foreach (var (image, suggested) in _doubtful)
        {
            images[suggested]++;
            correct[suggested] += predicted[image] == suggested ? 1 : 0;
        }

        return new CorrectedErrors(confusion.BalancedError, without, BalancedError(images, correct));
    }

    /// <summary>1 - the mean sensitivity of the classes with images; not a number if there is none.</summary>
    private static double BalancedError(int[] images, int[] correct)
    {
        double[] sensitivities = [.. images.Zip(correct).Where(c => c.First > 0).Select(c => (double)c.Second / c.First)];
        return sensitivities.Length == 0 ? double.NaN : 1 - sensitivities.Average();
    }
}

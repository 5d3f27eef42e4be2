using Coos.Shared.Predictions;

namespace Coos.Evaluator.LabelErrors;

/// <summary>
/// What the entries of a board together say of the labels of a split: the weighted mean of their probabilities, and the weighted shares of
/// their votes. An entry without probabilities gives its class the probability 1.
/// </summary>
/// <param name="labels">The class of each image.</param>
/// <param name="classes">The number of classes K.</param>
public sealed class LabelEvidence(ushort[] labels, int classes)
{
    private readonly float[] _probabilities = new float[(long)labels.Length * classes];
    private readonly float[] _votes = new float[(long)labels.Length * classes];
    private float _weight;

    /// <summary>Adds an entry.</summary>
    /// <param name="weight">Its weight, above 0.</param>
    /// <param name="predicted">The predicted class of each image.</param>
    /// <param name="probabilities">The probabilities of the same images; null without.</param>
    /// <exception cref="ArgumentException">The entry has another number of images or probabilities.</exception>
    public void Add(float weight, ReadOnlySpan<ushort> predicted, ClassProbabilities? probabilities)
    {
        if (predicted.Length != labels.Length || (probabilities is not null && probabilities.Images != labels.Length))
        {
            throw new ArgumentException($"An entry has {predicted.Length} images instead of {labels.Length}.", nameof(predicted));
        }

        for (var i = 0; i < predicted.Length; i++)
        {
            _votes[(i * classes) + predicted[i]] += weight;
            if (probabilities is null)
            {
                _probabilities[(i * classes) + predicted[i]] += weight;
            }
        }

        AddProbabilities(weight, probabilities);
        _weight += weight;
    }

    private void AddProbabilities(float weight, ClassProbabilities? probabilities)
    {
        var buffer = new double[classes];
        for (var i = 0; i < (probabilities?.Images ?? 0); i++)
        {
            var row = probabilities!.RowOf(i, buffer);
            for (var k = 0; k < row.Length; k++)
            {
                _probabilities[(i * classes) + k] += weight * (float)row[k];
            }
        }
    }

    /// <summary>Finds the labels that are possibly wrong, the surest first.</summary>
    /// <exception cref="InvalidOperationException">No entry was added.</exception>
    public IReadOnlyList<PossibleLabelError> Find()
    {
        if (_weight <= 0)
        {
            throw new InvalidOperationException("There are no entries.");
        }

        float[] means = [.. _probabilities.Select(p => p / _weight)];
        return
        [
            .. ConfidentLearning
                .Find(labels, means, classes)
                .OrderByDescending(s => s.Margin)
                .Select(s => new PossibleLabelError(
                    s.Image,
                    labels[s.Image],
                    s.Suggested,
                    Round(s.LabelProbability),
                    Round(s.SuggestedProbability),
                    Round(1 - ShareOf(s.Image, labels[s.Image])),
                    Round(ShareOf(s.Image, s.Suggested))
                )),
        ];
    }

    private float ShareOf(int image, int label) => _votes[(image * classes) + label] / _weight;

    /// <summary>Rounds what is a share but for the rounding of sums.</summary>
    private static double Round(float share) => Math.Clamp(Math.Round(share, 4, MidpointRounding.ToEven), 0, 1);
}

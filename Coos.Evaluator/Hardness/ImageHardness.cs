namespace Coos.Evaluator.Hardness;

/// <summary>
/// How hard each image of a split is: the share of votes that are wrong, weighted by <see cref="VoteWeights"/>.
/// </summary>
public static class ImageHardness
{
    /// <summary>The number of images whose votes are counted at a time, so that the counts stay in the processor's cache.</summary>
    private const int Block = 1024;

    /// <summary>Counts the votes for each image.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="votes">The entries, at least one, with one class per image.</param>
    /// <param name="classes">The number of classes K.</param>
    /// <exception cref="ArgumentException">There is no vote, or an entry has another number of images.</exception>
    public static ImageVotes Count(ReadOnlySpan<ushort> labels, IReadOnlyList<EntryVote> votes, int classes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        if (votes.Count == 0)
        {
            throw new ArgumentException("There are no votes.", nameof(votes));
        }

        foreach (var vote in votes)
        {
            if (vote.Classes.Length != labels.Length)
            {
                throw new ArgumentException($"An entry has {vote.Classes.Length} images instead of {labels.Length}.", nameof(votes));
            }
        }

        var weights = VoteWeights.Of(votes);
        var result = new ImageVotes(new float[labels.Length], new ushort[labels.Length]);
        var counts = new float[Block * classes];
        for (var first = 0; first < labels.Length; first += Block)
        {
            var images = Math.Min(Block, labels.Length - first);
            Array.Clear(counts);
            for (var v = 0; v < weights.Length; v++)
            {
                var predicted = votes[v].Classes.AsSpan(first, images);
                for (var i = 0; i < predicted.Length; i++)
                {
                    counts[(i * classes) + predicted[i]] += weights[v];
                }
            }

            for (var i = 0; i < images; i++)
            {
                var ofImage = counts.AsSpan(i * classes, classes);

                // The weights add up to 1 but for rounding.
                result.WrongShares[first + i] = Math.Clamp(1 - MathF.Round(ofImage[labels[first + i]], 6), 0, 1);
                result.Predicted[first + i] = (ushort)ofImage.IndexOf(Largest(ofImage));
            }
        }

        return result;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}

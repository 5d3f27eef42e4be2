using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>The complete predictions of one split: one class per image, in the order of its <see cref="ImageIndex"/>.</summary>
public sealed record PredictionSet
{
    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>The predicted class index of each image.</summary>
    public required byte[] Classes { get; init; }

    /// <summary>
    /// The probability of each class for each image, row by row (images x K); null if the file has none.
    /// Each is 0..1; the sum of each row is within 1e-3 of 1. Logits are given as their softmax.
    /// </summary>
    public double[]? Probabilities { get; init; }

    /// <summary>Warnings about the file; empty for predictions that were not read from one.</summary>
    public IReadOnlyList<PredictionWarning> Warnings { get; init; } = [];

    /// <summary>
    /// The hash, "sha256:...", of the image ids, the classes and the probabilities or logits in canonical order. It does not depend on
    /// the order, delimiter, quoting or compression of the file.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>Creates the predictions of a file without problems.</summary>
    /// <param name="target">What the file was checked against.</param>
    /// <param name="classes">The class of each image.</param>
    /// <param name="scores">The scores, whose logits become probabilities; null if the file has none.</param>
    /// <param name="labels">The labels, for their warning; null if the file has none.</param>
    /// <param name="reading">The warnings that say how the file was read.</param>
    internal static PredictionSet Create(
        PredictionTarget target,
        byte[] classes,
        ScoreTable? scores,
        LabelColumn? labels,
        IReadOnlyList<PredictionWarning> reading
    )
    {
        // Before logits become probabilities: the hash is of what the file says.
        var hash = ComputeHash(target.Images, classes, scores?.Values, scores?.AreLogits == true);
        scores?.ToProbabilities();
        PredictionWarning?[] warnings =
        [
            .. reading,
            .. scores?.FindWarnings() ?? [],
            labels?.FindWarning(),
            PredictionWarning.OfClasses(target.Split, classes, target.Classes),
        ];
        return new PredictionSet
        {
            Split = target.Split,
            Classes = classes,
            Probabilities = scores?.Values,
            Hash = hash,
            Warnings = [.. warnings.OfType<PredictionWarning>()],
        };
    }

    /// <summary>Selects the predictions of some images. The hash remains that of all predictions, which identifies the file.</summary>
    /// <param name="images">The positions of the images.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public PredictionSet Select(IReadOnlyList<int> images, int classCount)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (classes, scores) = (new byte[images.Count], Probabilities is null ? null : new double[images.Count * classCount]);
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = Classes[images[i]];
            Probabilities?.AsSpan(images[i] * classCount, classCount).CopyTo(scores.AsSpan(i * classCount));
        }

        return this with
        {
            Classes = classes,
            Probabilities = scores,
        };
    }

    /// <summary>Creates predictions without probabilities, whose file does not matter.</summary>
    /// <param name="split">The split.</param>
    /// <param name="classes">The predicted class index of each image.</param>
    public static PredictionSet OfClasses(string split, byte[] classes) =>
        new()
        {
            Split = split,
            Classes = classes,
            Hash = "",
        };

    /// <summary>Computes <see cref="Hash"/>.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">One class per image.</param>
    /// <param name="scores">Probabilities or logits, images x K, or null.</param>
    /// <param name="areLogits">Whether the scores are logits. Their softmax may differ between machines; they do not.</param>
    public static string ComputeHash(ImageIndex images, ReadOnlySpan<byte> classes, double[]? scores, bool areLogits = false)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(images.ContentHash);
        hash.AppendData(classes);
        hash.AppendData(MemoryMarshal.AsBytes(scores.AsSpan()));
        hash.AppendData(areLogits ? "logits"u8 : []);
        return ContentHash.Format(hash.GetHashAndReset());
    }
}

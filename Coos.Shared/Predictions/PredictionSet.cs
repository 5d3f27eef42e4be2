using System.Security.Cryptography;
using Coos.Shared.Labels;
using Coos.Shared.Packing;

namespace Coos.Shared.Predictions;

/// <summary>The complete predictions of one split: one class per image, in the order of its <see cref="ImageIndex"/>.</summary>
public sealed record PredictionSet
{
    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>The predicted class index of each image.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The probability of each class for each image; null if the file has none. Logits are given as their softmax.</summary>
    public ClassProbabilities? Probabilities { get; init; }

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
        ushort[] classes,
        ScoreTable? scores,
        LabelColumn? labels,
        IReadOnlyList<PredictionWarning> reading
    )
    {
        // Before logits become probabilities: the hash is of what the file says.
        var hash = ComputeHash(target.Images, classes, scores);
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
            Probabilities = scores?.ToProbabilities(),
            Hash = hash,
            Warnings = [.. warnings.OfType<PredictionWarning>()],
        };
    }

    /// <summary>Selects the predictions of some images. The hash remains that of all predictions, which identifies the file.</summary>
    /// <param name="images">The positions of the images.</param>
    public PredictionSet Select(IReadOnlyList<int> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return this with { Classes = [.. images.Select(i => Classes[i])], Probabilities = Probabilities?.Select(images) };
    }

    /// <summary>Creates predictions without probabilities, whose file does not matter.</summary>
    /// <param name="split">The split.</param>
    /// <param name="classes">The predicted class index of each image.</param>
    public static PredictionSet OfClasses(string split, ushort[] classes) =>
        new()
        {
            Split = split,
            Classes = classes,
            Hash = "",
        };

    /// <summary>Computes <see cref="Hash"/>.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">One class per image.</param>
    /// <param name="scores">
    /// The probabilities or logits, or null. The softmax of logits may differ between machines; logits do not.
    /// </param>
    internal static string ComputeHash(ImageIndex images, ReadOnlySpan<ushort> classes, ScoreTable? scores)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(images.ContentHash);
        hash.AppendData(PackedClasses.Pack(classes));
        scores?.AppendTo(hash);
        return ContentHash.Format(hash.GetHashAndReset());
    }

    /// <summary>Computes <see cref="Hash"/> of predictions without probabilities.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">One class per image.</param>
    public static string ComputeHash(ImageIndex images, ReadOnlySpan<ushort> classes)
    {
        ArgumentNullException.ThrowIfNull(images);
        return ComputeHash(images, classes, null);
    }
}

using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;

namespace Coos.Server.Submissions;

/// <summary>A submission that passed all checks and is not stored yet.</summary>
internal sealed record SubmissionDraft
{
    public required Benchmark Benchmark { get; init; }

    public required SubmissionFields Fields { get; init; }

    /// <summary>The submitter.</summary>
    public required Submitter Submitter { get; init; }

    /// <summary>The prediction files, one per split, in the manifest's order.</summary>
    public required IReadOnlyList<DraftFile> Files { get; init; }

    /// <summary>The uploads that some of the files come from.</summary>
    public IReadOnlyList<Guid> Uploads { get; init; } = [];

    /// <summary>The warnings about all files, and about files that are missing; none for a model alone.</summary>
    public IReadOnlyList<PredictionWarning> Warnings =>
        Files.Count == 0
            ? []
            : [.. Files.SelectMany(f => f.Warnings), .. PredictionWarning.OfMissingSplits(Benchmark, [.. Files.Select(f => f.Split)])];

    /// <summary>The model that the server runs; null without one.</summary>
    public DraftModel? Model { get; init; }

    public SubmissionKind Kind { get; init; }

    /// <summary>The baseline data; null for participants' submissions.</summary>
    public StoredBaseline? Baseline { get; init; }
}

/// <summary>The predictions of one split and the compressed text that they were read from.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Classes">The predicted class of each image, in the canonical order of image ids.</param>
/// <param name="ImagesHash">The SHA-256 hash of the image ids.</param>
/// <param name="Hash">The content hash of the predictions.</param>
/// <param name="HasProbabilities">Whether the file has probabilities.</param>
/// <param name="Original">The text of the file, compressed by <see cref="OriginalText"/>.</param>
internal sealed record DraftFile(string Split, ushort[] Classes, byte[] ImagesHash, string Hash, bool HasProbabilities, byte[] Original)
{
    /// <summary>The warnings about the predictions.</summary>
    public IReadOnlyList<PredictionWarning> Warnings { get; init; } = [];

    /// <summary>Creates the draft of a file from its predictions and its compressed text.</summary>
    public static DraftFile From(PredictionSet predictions, byte[] imagesHash, byte[] original) =>
        new(predictions.Split, predictions.Classes, imagesHash, predictions.Hash, predictions.Probabilities is not null, original)
        {
            Warnings = predictions.Warnings,
        };
}

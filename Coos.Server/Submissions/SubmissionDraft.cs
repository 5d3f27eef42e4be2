using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;

namespace Coos.Server.Submissions;

/// <summary>A submission that passed every check and is not stored yet.</summary>
internal sealed record SubmissionDraft
{
    public required Benchmark Benchmark { get; init; }

    public required SubmissionFields Fields { get; init; }

    /// <summary>Whose it is.</summary>
    public required Submitter Submitter { get; init; }

    /// <summary>One a split, in the manifest's order.</summary>
    public required IReadOnlyList<DraftFile> Files { get; init; }

    public SubmissionKind Kind { get; init; }

    /// <summary>Where a baseline was read from; null for what participants sent.</summary>
    public StoredBaseline? Baseline { get; init; }
}

/// <summary>The predictions of one split with the text they were read from.</summary>
internal sealed record DraftFile(PredictionSet Predictions, byte[] ImagesHash, byte[] Original);

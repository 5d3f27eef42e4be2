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

    public SubmissionKind Kind { get; init; }

    /// <summary>The baseline data; null for participants' submissions.</summary>
    public StoredBaseline? Baseline { get; init; }
}

/// <summary>The predictions of one split and the compressed text that they were read from.</summary>
internal sealed record DraftFile(PredictionSet Predictions, byte[] ImagesHash, byte[] Original);

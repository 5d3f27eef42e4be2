using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;
using Coos.Web.Data;

namespace Coos.Web.Submissions;

/// <summary>A submission that passed every check and is not stored yet.</summary>
internal sealed record SubmissionDraft
{
    public required Benchmark Benchmark { get; init; }

    public required SubmissionFields Fields { get; init; }

    /// <summary>One a split, in the manifest's order.</summary>
    public required IReadOnlyList<DraftFile> Files { get; init; }

    public SubmissionKind Kind { get; init; }

    /// <summary>Where a baseline was read from; null for what participants sent.</summary>
    public StoredBaseline? Baseline { get; init; }

    /// <summary>Whose predictions must not repeat: a participant's name in upper case, so that nobody is taken for the folder of baselines.</summary>
    public string SubmitterKey => Kind == SubmissionKind.Baseline ? "baseline" : Fields.Submitter.ToUpperInvariant();
}

/// <summary>The predictions of one split with the text they were read from.</summary>
internal sealed record DraftFile(PredictionSet Predictions, byte[] ImagesHash, byte[] Original);

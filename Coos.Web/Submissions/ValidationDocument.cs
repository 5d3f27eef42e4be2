using Coos.Server.Submissions;
using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>The result of checking a valid submission.</summary>
/// <param name="Benchmark">The benchmark's slug.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Splits">The predictions by split.</param>
/// <param name="Warnings">Warnings about predictions that are valid but probably not intended.</param>
internal sealed record ValidationDocument(
    string Benchmark,
    string Method,
    IReadOnlyList<ValidatedSplit> Splits,
    IReadOnlyList<PredictionWarning> Warnings
)
{
    /// <summary>Creates the document of a draft.</summary>
    public static ValidationDocument Of(SubmissionDraft draft) =>
        new(
            draft.Benchmark.Slug,
            draft.Fields.Method,
            [.. draft.Files.Select(f => new ValidatedSplit(f.Split, f.Classes.Length, f.HasProbabilities, f.Hash))],
            draft.Warnings
        );
}

/// <summary>The valid predictions of a split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Images">The number of predicted images.</param>
/// <param name="Probabilities">Whether they include probabilities.</param>
/// <param name="PredictionsHash">Their content hash.</param>
internal sealed record ValidatedSplit(string Split, int Images, bool Probabilities, string PredictionsHash);

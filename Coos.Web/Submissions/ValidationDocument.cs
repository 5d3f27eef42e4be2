using Coos.Server.Submissions;

namespace Coos.Web.Submissions;

/// <summary>The result of checking a valid submission.</summary>
/// <param name="Benchmark">The benchmark's slug.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Splits">The predictions by split.</param>
internal sealed record ValidationDocument(string Benchmark, string Method, IReadOnlyList<ValidatedSplit> Splits)
{
    /// <summary>Creates the document of a draft.</summary>
    public static ValidationDocument Of(SubmissionDraft draft) =>
        new(
            draft.Benchmark.Slug,
            draft.Fields.Method,
            [.. draft.Files.Select(f => new ValidatedSplit(f.Split, f.Classes.Length, f.HasProbabilities, f.Hash))]
        );
}

/// <summary>The valid predictions of a split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Images">The number of predicted images.</param>
/// <param name="Probabilities">Whether they include probabilities.</param>
/// <param name="PredictionsHash">Their content hash.</param>
internal sealed record ValidatedSplit(string Split, int Images, bool Probabilities, string PredictionsHash);

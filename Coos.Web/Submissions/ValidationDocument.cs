using Coos.Server.Submissions;

namespace Coos.Web.Submissions;

/// <summary>What a check of a submission found: nothing wrong.</summary>
/// <param name="Benchmark">The benchmark's slug.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Splits">The splits that were predicted.</param>
internal sealed record ValidationDocument(string Benchmark, string Method, IReadOnlyList<ValidatedSplit> Splits)
{
    /// <summary>The document of a draft.</summary>
    public static ValidationDocument Of(SubmissionDraft draft) =>
        new(draft.Benchmark.Slug, draft.Fields.Method, [.. draft.Files.Select(f => ValidatedSplit.Of(f.Predictions))]);
}

/// <summary>The predictions of a split, complete and in order.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Images">How many images they predict.</param>
/// <param name="Probabilities">Whether they give probabilities.</param>
/// <param name="PredictionsHash">Their content hash.</param>
internal sealed record ValidatedSplit(string Split, int Images, bool Probabilities, string PredictionsHash)
{
    /// <summary>The document of some predictions.</summary>
    public static ValidatedSplit Of(Shared.Predictions.PredictionSet predictions) =>
        new(predictions.Split, predictions.Classes.Length, predictions.Probabilities is not null, predictions.Hash);
}

using System.Text;

namespace Coos.Shared.Scores;

/// <summary>The report on one submission: what the evaluator returns, the database keeps, the API sends and the pages show.</summary>
public sealed record Evaluation
{
    /// <summary>The version of the evaluator; null for results of publications.</summary>
    public string? EvaluatorVersion { get; init; }

    /// <summary>The hash over the labels of all splits below; null for results of publications.</summary>
    public string? LabelsHash { get; init; }

    /// <summary>The hash over the predictions of all splits below; null for results of publications.</summary>
    public string? PredictionsHash { get; init; }

    /// <summary>One report a split, in the order of the benchmark's manifest.</summary>
    public required IReadOnlyList<SplitScore> Splits { get; init; }

    /// <summary>One hash for several splits: of the lines <c>split hash</c>, in the order of the split names' bytes.</summary>
    public static string CombineHashes(IEnumerable<(string Split, string Hash)> hashes)
    {
        var lines = hashes.OrderBy(h => h.Split, StringComparer.Ordinal).Select(h => $"{h.Split} {h.Hash}\n");
        return ContentHash.Of(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}

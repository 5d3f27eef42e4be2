namespace Coos.Shared.Predictions.Arrays;

/// <summary>The arrays of an archive, and the names that scripts give them.</summary>
internal sealed class ArrayNames() : HeaderMeaning(Known)
{
    /// <summary>The array of probabilities.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The array of logits.</summary>
    public const string Logits = "logits";

    /// <summary>The name of the array in a file of one.</summary>
    public const string Single = "array";

    /// <summary>The arrays that an archive may have.</summary>
    public static readonly string[] Known = [PredictionColumns.ImageIdName, PredictionColumns.LabelName, Probabilities, Logits];

    private static readonly string[] OtherProbabilities =
    [
        "probability",
        "probs",
        "prob",
        "proba",
        "probas",
        "p",
        "softmax",
        "scores",
        "score",
        "confidences",
        "confidence",
        "yprob",
        "yproba",
        "predproba",
        "predprobs",
    ];

    private static readonly string[] OtherLogits = ["logit", "z", "rawlogits", "logodds"];

    /// <inheritdoc/>
    public override string? Find(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit));
        return base.Find(name)
            ?? (
                OtherProbabilities.Contains(plain, StringComparer.OrdinalIgnoreCase) ? Probabilities
                : OtherLogits.Contains(plain, StringComparer.OrdinalIgnoreCase) ? Logits
                : null
            );
    }

    /// <inheritdoc/>
    public override string Remove(string name) =>
        name.StartsWith("arr_", StringComparison.Ordinal)
            ? "numpy.savez names arrays so that are not given a name; name it, as in numpy.savez(file, image_id=ids, label=labels)"
            : "remove it";
}

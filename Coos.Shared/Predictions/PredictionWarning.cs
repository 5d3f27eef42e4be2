namespace Coos.Shared.Predictions;

/// <summary>A warning about predictions that are valid but probably not intended. It depends on the file only, never on labels.</summary>
/// <param name="File">The split's name for an upload, the path for a file on disk.</param>
/// <param name="Code">The kind of warning, in kebab case.</param>
/// <param name="Message">What was found.</param>
public sealed record PredictionWarning(string File, string Code, string Message)
{
    /// <summary>Every image is predicted as the same class.</summary>
    public const string OneClass = "one-class";

    /// <summary>No image is predicted as some of the classes.</summary>
    public const string UnusedClass = "unused-class";

    /// <summary>The labels contradict the largest probability in most lines.</summary>
    public const string LabelsAndScores = "labels-contradict-probabilities";

    /// <summary>The probabilities were rounded so far that lines were divided by their sum.</summary>
    public const string Rounded = "rounded-probabilities";

    /// <summary>The labels are whole numbers written as floating-point numbers.</summary>
    public const string FloatLabels = "float-labels";

    /// <summary>The file has no image ids, so its rows were taken in the order of the split.</summary>
    public const string RowOrder = "row-order";

    /// <summary>The file does not say whether its numbers are probabilities or logits; the sums of its rows decided.</summary>
    public const string ScoresBySums = "scores-by-sums";

    /// <summary>Predictions of a split by which entries are ranked are missing.</summary>
    public const string NotRanked = "not-ranked";

    private const int MaxNames = 5;

    /// <summary>Formats the warning as problems are: <c>file: warning: code: message</c>.</summary>
    public override string ToString() => $"{File}: warning: {Code}: {Message}";

    /// <summary>Finds a warning for each split that ranks entries and that a submission does not predict.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="splits">The splits that the submission predicts.</param>
    public static IEnumerable<PredictionWarning> OfMissingSplits(Benchmarks.Benchmark benchmark, IReadOnlyCollection<string> splits)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return benchmark
            .Ranking.Splits.Where(name => !splits.Contains(name))
            .Select(name => new PredictionWarning(name, NotRanked, "predictions are missing; without them the entry is not ranked"));
    }

    /// <summary>Finds the warning about classes that are not predicted; null if there is none.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="predicted">The predicted class of each image.</param>
    /// <param name="classes">The benchmark's classes.</param>
    public static PredictionWarning? OfClasses(string file, ReadOnlySpan<ushort> predicted, Benchmarks.ClassNames classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var isUsed = new bool[classes.Count];
        var used = 0;
        for (var i = 0; i < predicted.Length && used < classes.Count; i++)
        {
            used += isUsed[predicted[i]] ? 0 : 1;
            isUsed[predicted[i]] = true;
        }

        if (used == 1)
        {
            return new(file, OneClass, $"every image is predicted as {classes.Name(predicted[0])}");
        }

        var unused = new List<string>();
        for (var k = 0; k < classes.Count; k++)
        {
            if (!isUsed[k])
            {
                unused.Add(classes.Name(k));
            }
        }

        var more = unused.Count > MaxNames ? $" and {unused.Count - MaxNames} more" : "";
        return unused.Count > 0 && classes.Count <= predicted.Length
            ? new(file, UnusedClass, $"no image is predicted as {string.Join(", ", unused.Take(MaxNames))}{more}")
            : null;
    }
}

using System.Globalization;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>The positions of the columns in a prediction file.</summary>
internal sealed class PredictionColumns
{
    /// <summary>The column of image ids.</summary>
    public const string ImageIdName = "image_id";

    /// <summary>The column of predicted classes.</summary>
    public const string LabelName = "label";

    private readonly char _letter;

    private PredictionColumns(TableHeader header, int[] scores, char letter)
    {
        FieldCount = header.FieldCount;
        ImageId = header[ImageIdName];
        Label = header[LabelName];
        Scores = scores;
        _letter = letter;
    }

    /// <summary>The number of fields of every line.</summary>
    public int FieldCount { get; }

    /// <summary>The field with the image id.</summary>
    public int ImageId { get; }

    /// <summary>The field with the label; -1 if the label is the most probable class.</summary>
    public int Label { get; }

    /// <summary>The fields of p0 to p{K-1}, or of z0 to z{K-1}; empty if the file has none.</summary>
    public int[] Scores { get; }

    /// <summary>Whether the scores are logits.</summary>
    public bool AreLogits => _letter == 'z';

    /// <summary>The name of the column with the score of a class.</summary>
    public string ScoreName(int index) => Name(_letter, index);

    /// <summary>Reads the header line.</summary>
    /// <returns>Null if the rows cannot be read; the problems say why.</returns>
    public static PredictionColumns? Read(DelimitedReader reader, PredictionTarget target, ProblemList problems)
    {
        var classes = target.Classes;
        var known = ScoreNames.Known(classes);
        var header = TableHeader.Read(reader, known, target.File, problems, names => new ScoreNames(classes, names));
        if (header is null)
        {
            return null;
        }

        var probabilities = Positions(header, 'p', classes.Count);
        var logits = Positions(header, 'z', classes.Count);
        var hasLogits = logits.Any(p => p >= 0);
        if (hasLogits && probabilities.Any(p => p >= 0))
        {
            problems.Add(
                target.File,
                reader.Line,
                null,
                ProblemCode.DuplicateColumn,
                $"the file has probabilities (p0, ...) and logits (z0, ...); keep one of the two"
            );
            return null;
        }

        return Create(header, hasLogits ? logits : probabilities, hasLogits ? 'z' : 'p', reader, target, problems);
    }

    private static PredictionColumns? Create(
        TableHeader header,
        int[] scores,
        char letter,
        DelimitedReader reader,
        PredictionTarget target,
        ProblemList problems
    )
    {
        var hasAny = scores.Any(p => p >= 0);
        var missing = new List<string>();
        if (header[ImageIdName] < 0)
        {
            missing.Add(ImageIdName);
        }

        if (header[LabelName] < 0 && !hasAny)
        {
            missing.Add(LabelName);
        }

        missing.AddRange(Enumerable.Range(0, scores.Length).Where(k => hasAny && scores[k] < 0).Select(k => Name(letter, k)));
        foreach (var name in missing)
        {
            Report(name, letter, reader, target, problems);
        }

        return missing.Count > 0 ? null : new PredictionColumns(header, hasAny ? scores : [], letter);
    }

    private static int[] Positions(TableHeader header, char letter, int count) =>
        [.. Enumerable.Range(0, count).Select(k => header[Name(letter, k)])];

    private static string Name(char letter, int index) => letter + index.ToString(CultureInfo.InvariantCulture);

    private static void Report(string name, char letter, DelimitedReader reader, PredictionTarget target, ProblemList problems)
    {
        var last = Name(letter, target.Classes.Count - 1);
        var kind = letter == 'z' ? "logits" : "probabilities";
        var why = name switch
        {
            ImageIdName => "it names the image of each line",
            LabelName => $"it holds the predicted class (or add p0 to {last})",
            _ => $"{kind} are required for all classes, {letter}0 to {last}, or for none",
        };
        problems.Add(target.File, reader.Line, name, ProblemCode.MissingColumn, $"the header has no column {name}; {why}");
    }
}

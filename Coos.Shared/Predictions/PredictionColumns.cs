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

    private PredictionColumns(TableHeader header, int[] scores, bool areLogits, TableLayout layout)
    {
        FieldCount = header.FieldCount;
        ImageId = header[ImageIdName];
        Label = header[LabelName];
        Scores = scores;
        AreLogits = areLogits;
        Layout = layout;
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
    public bool AreLogits { get; }

    /// <summary>The words for rows and columns.</summary>
    public TableLayout Layout { get; }

    /// <summary>Reads the header line.</summary>
    /// <returns>Null if the rows cannot be read; the problems say why.</returns>
    public static PredictionColumns? Read(DelimitedReader reader, PredictionTarget target, ProblemList problems)
    {
        var classes = target.Classes;
        var known = ScoreNames.Known(classes);
        var header = TableHeader.Read(reader, known, target.File, problems, names => new ScoreNames(classes, names));
        return header is null ? null : new Finder(header, target, reader.Line, "line", problems).Find();
    }

    /// <summary>Finds the columns of a file that has their names, but no header line.</summary>
    /// <param name="names">The names.</param>
    /// <param name="target">What the file is checked against.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>Null if the rows cannot be read; the problems say why.</returns>
    public static PredictionColumns? Find(string[] names, PredictionTarget target, ProblemList problems)
    {
        var known = ScoreNames.Known(target.Classes);
        var header = TableHeader.Find(names, known, new ScoreNames(target.Classes, names), target.File, problems);
        return header is null ? null : new Finder(header, target, null, "row", problems).Find();
    }

    /// <summary>Finds the columns that rows are read from.</summary>
    private sealed class Finder(TableHeader header, PredictionTarget target, int? line, string row, ProblemList problems)
    {
        public PredictionColumns? Find()
        {
            var probabilities = Positions('p');
            var logits = Positions('z');
            var hasLogits = logits.Any(p => p >= 0);
            if (hasLogits && probabilities.Any(p => p >= 0))
            {
                problems.Add(
                    target.File,
                    line,
                    null,
                    ProblemCode.DuplicateColumn,
                    $"the file has probabilities (p0, ...) and logits (z0, ...); keep one of the two"
                );
                return null;
            }

            return Create(hasLogits ? logits : probabilities, hasLogits ? 'z' : 'p');
        }

        private PredictionColumns? Create(int[] scores, char letter)
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
                Report(name, letter);
            }

            var layout = TableLayout.OfColumns(row, letter, target.Classes.Count);
            if (hasAny && !ScoreTable.CheckSize(target, problems))
            {
                return null;
            }

            return missing.Count > 0 ? null : new PredictionColumns(header, hasAny ? scores : [], letter == 'z', layout);
        }

        private int[] Positions(char letter) => [.. Enumerable.Range(0, target.Classes.Count).Select(k => header[Name(letter, k)])];

        private static string Name(char letter, int index) => letter + index.ToString(CultureInfo.InvariantCulture);

        private void Report(string name, char letter)
        {
            var last = Name(letter, target.Classes.Count - 1);
            var kind = letter == 'z' ? "logits" : "probabilities";
            var why = name switch
            {
                ImageIdName => $"it names the image of each {row}",
                LabelName => $"it holds the predicted class (or add p0 to {last})",
                _ => $"{kind} are required for all classes, {letter}0 to {last}, or for none",
            };
            var where = line is null ? "file" : "header";
            problems.Add(target.File, line, name, ProblemCode.MissingColumn, $"the {where} has no column {name}; {why}");
        }
    }
}

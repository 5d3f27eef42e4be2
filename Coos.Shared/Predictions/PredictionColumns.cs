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

    private PredictionColumns(TableHeader header, int[] probabilities)
    {
        FieldCount = header.FieldCount;
        ImageId = header[ImageIdName];
        Label = header[LabelName];
        Probabilities = probabilities;
    }

    /// <summary>The number of fields of every line.</summary>
    public int FieldCount { get; }

    /// <summary>The field with the image id.</summary>
    public int ImageId { get; }

    /// <summary>The field with the label; -1 if the label is the most probable class.</summary>
    public int Label { get; }

    /// <summary>The fields of p0 to p{K-1}; empty if the file has none.</summary>
    public int[] Probabilities { get; }

    /// <summary>Whether the file has probabilities.</summary>
    public bool HasProbabilities => Probabilities.Length > 0;

    /// <summary>The name of the column with the probability of a class.</summary>
    public static string ProbabilityName(int index) => "p" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the header line.</summary>
    /// <returns>Null if the rows cannot be read; the problems say why.</returns>
    public static PredictionColumns? Read(DelimitedReader reader, PredictionTarget target, ProblemList problems)
    {
        string[] probabilities = [.. Enumerable.Range(0, target.Classes.Count).Select(ProbabilityName)];
        var header = TableHeader.Read(reader, [ImageIdName, LabelName, .. probabilities], target.File, problems);
        if (header is null)
        {
            return null;
        }

        int[] positions = [.. probabilities.Select(name => header[name])];
        var hasAny = positions.Any(p => p >= 0);
        var missing = new List<string>();
        if (header[ImageIdName] < 0)
        {
            missing.Add(ImageIdName);
        }

        if (header[LabelName] < 0 && !hasAny)
        {
            missing.Add(LabelName);
        }

        missing.AddRange(probabilities.Where(name => hasAny && header[name] < 0));
        foreach (var name in missing)
        {
            Report(name, reader, target, problems);
        }

        return missing.Count > 0 ? null : new PredictionColumns(header, hasAny ? positions : []);
    }

    private static void Report(string name, DelimitedReader reader, PredictionTarget target, ProblemList problems)
    {
        var last = ProbabilityName(target.Classes.Count - 1);
        var why = name switch
        {
            ImageIdName => "it names the image of each line",
            LabelName => $"it holds the predicted class (or add p0 to {last})",
            _ => $"probabilities are required for all classes, p0 to {last}, or for none",
        };
        problems.Add(target.File, reader.Line, name, ProblemCode.MissingColumn, $"the header has no column {name}; {why}");
    }
}

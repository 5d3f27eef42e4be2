namespace Coos.Shared.Predictions;

/// <summary>Finds the column that was probably meant by a name that is not one.</summary>
/// <param name="known">The columns of the table.</param>
internal class HeaderMeaning(IReadOnlyList<string> known)
{
    /// <summary>Names of the two required columns in the files of other platforms and in scripts, without case and separators.</summary>
    private static readonly Dictionary<string, string[]> Synonyms = new()
    {
        [PredictionColumns.ImageIdName] =
        [
            "id",
            "ids",
            "image",
            "imageids",
            "imagename",
            "imagefile",
            "imagefilename",
            "imagepath",
            "img",
            "imgid",
            "imgname",
            "file",
            "fileid",
            "filename",
            "filenames",
            "filepath",
            "name",
            "path",
            "case",
            "caseid",
            "uid",
            "uuid",
            "sample",
            "sampleid",
            "cellid",
            "rowid",
            "testid",
            "key",
        ],
        [PredictionColumns.LabelName] =
        [
            "labels",
            "labelid",
            "labelname",
            "class",
            "classes",
            "classid",
            "classname",
            "classlabel",
            "category",
            "categoryid",
            "target",
            "targets",
            "prediction",
            "predictions",
            "predicted",
            "predictedlabel",
            "predictedclass",
            "predlabel",
            "predclass",
            "pred",
            "preds",
            "predict",
            "output",
            "result",
            "answer",
            "y",
            "ypred",
            "yhat",
        ],
    };

    /// <summary>The allowed columns, for messages.</summary>
    public virtual string Allowed => string.Join(", ", known);

    /// <summary>Finds the column that a name was probably meant to be; null if none is near.</summary>
    /// <param name="name">The name.</param>
    public virtual string? Find(string name)
    {
        var trimmed = name.Trim();
        return known.FirstOrDefault(k => string.Equals(k, trimmed, StringComparison.OrdinalIgnoreCase)) ?? FindSynonym(name);
    }

    /// <summary>How to remove a column that has no meaning.</summary>
    /// <param name="name">Its name.</param>
    public virtual string Remove(string name) =>
        name.StartsWith("__index_level_", StringComparison.Ordinal)
            ? "it is the index of a pandas table; remove it with to_parquet(..., index=False)"
            : "remove it";

    /// <summary>What is to be known of a column beside its name; empty for most.</summary>
    /// <param name="column">The column.</param>
    public virtual string Explain(string column) => "";

    /// <summary>Finds the required column that other platforms give this name; null if there is none.</summary>
    public static string? FindSynonym(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return Synonyms.Keys.FirstOrDefault(column =>
            string.Concat(column.Where(char.IsLetterOrDigit)).Equals(plain, StringComparison.OrdinalIgnoreCase)
            || Synonyms[column].Contains(plain, StringComparer.OrdinalIgnoreCase)
        );
    }
}

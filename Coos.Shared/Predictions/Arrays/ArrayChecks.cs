using System.Globalization;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Checks the types and shapes of the arrays of a file before their elements are read.</summary>
/// <param name="arrays">The arrays.</param>
/// <param name="target">What the file is checked against.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ArrayChecks(ArraySet arrays, PredictionTarget target, ProblemList problems)
{
    /// <summary>Checks arrays.</summary>
    /// <returns>The number of rows; null if they cannot be read, and the problems say why.</returns>
    public static int? Find(ArraySet arrays, PredictionTarget target, ProblemList problems)
    {
        var checks = new ArrayChecks(arrays, target, problems);
        checks.CheckIds();
        checks.CheckLabels();
        checks.CheckScores();
        return problems.Has(ProblemCode.BadEncoding) || problems.Has(ProblemCode.WrongFieldCount) ? null : checks.FindRows();
    }

    /// <summary>Whether an array can hold ids.</summary>
    public static bool IsId(NpyHeader header) => header.Shape.Count == 1 && header.Type.Kind != NpyKind.Float;

    private void CheckIds()
    {
        if (arrays.ImageId is not { } ids)
        {
            return;
        }

        if (ids.Header.Type.Kind == NpyKind.Float)
        {
            Report(
                ids,
                ProblemCode.BadEncoding,
                $"the array {ids.Name} has the dtype {ids.Header.Type.Name}; ids are whole numbers or texts: convert it with .astype(int)"
            );
        }

        CheckVector(ids);
    }

    private void CheckLabels()
    {
        if (arrays.Label is { } labels)
        {
            CheckVector(labels);
        }
    }

    private void CheckVector(NpyArray array)
    {
        if (array.Header.Shape.Count == 1)
        {
            return;
        }

        var advice =
            array.Header.Shape.Count == 2 && array.Header.Shape[1] == 1 ? "remove the second axis with .ravel()"
            : array.Name == ArrayNames.Single ? $"or {ScoreShape} for probabilities or logits"
            : "one element per image";
        Report(array, ProblemCode.WrongFieldCount, $"the array has the shape {array.Header.ShapeText}; allowed is (n,), {advice}");
    }

    private void CheckScores()
    {
        if (arrays.Scores is not { } scores)
        {
            return;
        }

        var (type, shape) = (scores.Header.Type, scores.Header.Shape);
        var isSingle = scores.Name == ArrayNames.Single;
        if (shape.Count != 2 || shape[1] != target.Classes.Count)
        {
            var advice =
                !isSingle ? $"allowed is {ScoreShape}, a column per class"
                : shape[1] == 1 ? "remove the second axis of labels with .ravel()"
                : $"allowed are (n,) for labels, and {ScoreShape}, a column per class, for probabilities or logits";
            Report(scores, ProblemCode.WrongFieldCount, $"the array has the shape {scores.Header.ShapeText}; {advice}");
        }
        else if (type.Kind != NpyKind.Float)
        {
            Report(
                scores,
                ProblemCode.BadEncoding,
                $"the array has the dtype {type.Name}; probabilities and logits are float16, float32 or float64. "
                    + "Save labels as an array of the shape (n,), such as a.argmax(axis=1)"
            );
        }
    }

    private int? FindRows()
    {
        var first = arrays.All.First();
        foreach (var other in arrays.All.Skip(1).Where(a => a.Header.Rows != first.Header.Rows))
        {
            Report(
                other,
                ProblemCode.WrongFieldCount,
                $"the array {other.Name} has {Number(other.Header.Rows)} rows, but {first.Name} has {Number(first.Header.Rows)}; "
                    + "each needs one row per image"
            );
        }

        if (problems.Has(ProblemCode.WrongFieldCount))
        {
            return null;
        }

        var isLarge = arrays.All.Any(a => a.Bytes > target.MaximumBytes);
        if (isLarge)
        {
            problems.Add(target.File, null, null, ProblemCode.TooLarge, $"{PredictionReader.TooLarge(target)}");
            return null;
        }

        if (arrays.Scores is not null && !ScoreTable.CheckSize(target, problems))
        {
            return null;
        }

        return arrays.ImageId is null ? CheckOrder(first.Header.Rows) : CheckCount(first.Header.Rows);
    }

    /// <summary>Checks the number of rows that have ids. Fewer or more than images are reported one by one.</summary>
    private int? CheckCount(long rows)
    {
        var table = (2L * target.Images.Count) + 100_000;
        if (rows <= table)
        {
            return (int)rows;
        }

        problems.Add(
            target.File,
            null,
            null,
            ProblemCode.TooLarge,
            $"the file has {rows:N0} rows, but {target.Split} has {target.Images.Count:N0} images; nothing was read"
        );
        return null;
    }

    /// <summary>Checks the number of rows without ids: there must be one per image.</summary>
    private int? CheckOrder(long rows)
    {
        var count = target.Images.Count;
        if (rows == count)
        {
            return count;
        }

        string[] fitting = [.. target.OtherSplits.Where(s => s.Key != target.Split && s.Value.Count == rows).Select(s => s.Key)];
        var code =
            rows == 0 ? ProblemCode.EmptyFile
            : fitting.Length > 0 ? ProblemCode.WrongSplit
            : rows < count ? ProblemCode.MissingImage
            : ProblemCode.UnknownImage;
        var others = fitting.Length > 0 ? $"; {string.Join(" and ", fitting)} has {Number(rows)}: send it as that split" : "";
        problems.Add(
            target.File,
            null,
            null,
            code,
            $"the file has {rows:N0} rows and no image ids, but {target.Split} has {count:N0} images{others}; "
                + $"without the array {PredictionColumns.ImageIdName} every image needs one row, in the order of the ids"
        );
        return null;
    }

    private string ScoreShape => string.Create(CultureInfo.InvariantCulture, $"(n, {target.Classes.Count})");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private void Report(NpyArray array, ProblemCode code, string message) =>
        problems.Add(target.File, null, array.Name, code, $"{message}");
}

using System.IO.Compression;
using Coos.Shared.Packing;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>
/// Reads predictions from NumPy arrays: labels in a file of their own, probabilities or logits likewise, or an archive of named
/// arrays. Arrays are streamed; nothing of the size of the scores is kept but the scores.
/// </summary>
internal static class ArrayPredictions
{
    /// <summary>Reads a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="target">What it is checked against.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="rows">Room for a number per image.</param>
    /// <param name="budget">Limits the work of unpacking; null for files that are trusted.</param>
    /// <returns>The predictions; null if there is a problem.</returns>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static PredictionSet? Read(
        PeekedContent content,
        PredictionTarget target,
        ProblemList problems,
        int[] rows,
        UnpackBudget? budget
    ) =>
        Open(
            content,
            target,
            problems,
            budget,
            arrays =>
                ArrayChecks.Find(arrays, target, problems) is { } count
                    ? new ArrayReader(arrays, count, target, rows, problems).Read()
                    : null
        );

    /// <summary>Reads the image ids of a file, or counts its rows if it has none.</summary>
    /// <param name="content">The file.</param>
    /// <param name="target">Limits the number of bytes.</param>
    /// <param name="budget">Limits the work of unpacking.</param>
    /// <param name="add">Receives each id.</param>
    /// <returns>The number of rows; -1 if they cannot be read, or have ids.</returns>
    public static int ReadIds(PeekedContent content, PredictionTarget target, UnpackBudget? budget, ReadOnlySpanAction<byte> add)
    {
        var count = -1;
        Open(
            content,
            target,
            new ProblemList(),
            budget,
            arrays =>
            {
                if (arrays.ImageId is null)
                {
                    count = (int)Math.Min(arrays.All.First().Header.Rows, int.MaxValue);
                }
                else if (ArrayChecks.IsId(arrays.ImageId.Header) && arrays.ImageId.Bytes <= target.MaximumBytes)
                {
                    ArrayReader.ReadTexts(arrays.ImageId, (int)arrays.ImageId.Header.Rows, (id, _) => add(id));
                }

                return null;
            }
        );
        return count;
    }

    private static PredictionSet? Open(
        PeekedContent content,
        PredictionTarget target,
        ProblemList problems,
        UnpackBudget? budget,
        Func<ArraySet, PredictionSet?> read
    )
    {
        ZipArchive? archive = null;
        try
        {
            if (content.Format == PredictionFormat.Array)
            {
                return OpenSingle(content.Stream, target, problems) is { } single ? read(single) : null;
            }

            if (content.Seek(target.MaximumBytes) is not { } seekable)
            {
                problems.Add(target.File, null, null, ProblemCode.TooLarge, $"{PredictionReader.TooLarge(target)}");
                return null;
            }

            return new NpzReader(target, problems, budget).Read(seekable, out archive) is { } arrays ? read(arrays) : null;
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            problems.Add(target.File, null, null, ProblemCode.BadEncoding, $"the file cannot be read: {e.Message}; save it again");
            return null;
        }
        finally
        {
            archive?.Dispose();
        }
    }

    /// <summary>Opens a file of one array, which is labels or scores by its shape.</summary>
    private static ArraySet? OpenSingle(Stream content, PredictionTarget target, ProblemList problems)
    {
        if (NpyHeader.Read(content, out var error) is not { } header)
        {
            problems.Add(target.File, null, ArrayNames.Single, ProblemCode.BadEncoding, $"the array {error}");
            return null;
        }

        var array = new NpyArray(ArrayNames.Single, header, () => new PeekedStream([], content));
        return header.Shape.Count == 2 ? new ArraySet(null, null, array) : new ArraySet(null, array, null);
    }
}

/// <summary>Receives a span of bytes.</summary>
internal delegate void ReadOnlySpanAction<T>(ReadOnlySpan<T> span);

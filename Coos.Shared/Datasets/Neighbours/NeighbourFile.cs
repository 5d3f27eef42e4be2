using System.Globalization;
using System.Text;
using System.Text.Json;
using Coos.Shared.Delimited;
using Coos.Shared.Labels;
using Coos.Shared.Packing;

namespace Coos.Shared.Datasets.Neighbours;

/// <summary>
/// Reads and writes index files: a line with the header, a line with the columns
/// <c>image_id,nearest_1,distance_1,nearest_2,distance_2,...</c>, and a line per image in canonical order.
/// </summary>
public static class NeighbourFile
{
    /// <summary>The largest number of neighbours that is read.</summary>
    public const int MaximumNeighbours = 100;

    /// <summary>Distances have two decimals.</summary>
    private const string DistanceFormat = "0.##";

    private const string HeaderStart = "# ";

    /// <summary>Writes an index as text.</summary>
    /// <param name="index">The index.</param>
    /// <param name="ids">The ids of the split.</param>
    /// <param name="training">The ids of the training images.</param>
    public static string Write(NeighbourIndex index, ImageIndex ids, ImageIndex training)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(training);
        var text = new StringBuilder(HeaderStart)
            .Append(JsonSerializer.Serialize(index.Header, CoosJson.Options))
            .Append('\n')
            .AppendJoin(',', ColumnsOf(index.Header))
            .Append('\n');
        for (var position = 0; position < ids.Count; position++)
        {
            text.Append(CsvField.Quote(ids.Id(position)));
            foreach (var (image, distance) in index.Find(position))
            {
                text.Append(',')
                    .Append(CsvField.Quote(training.Id(image)))
                    .Append(',')
                    .Append(distance.ToString(DistanceFormat, CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads an index file.</summary>
    /// <param name="path">The file, compressed by gzip.</param>
    /// <param name="ids">The ids of the split.</param>
    /// <param name="training">The ids of the training images.</param>
    /// <exception cref="DatasetException">The file is damaged or no index of these images; the message has file and line.</exception>
    public static NeighbourIndex Read(string path, ImageIndex ids, ImageIndex training)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(training);
        try
        {
            using var file = File.OpenRead(path);
            using var text = new GZipText(file);
            using var reader = new DelimitedReader(text);
            var header = ReadHeader(path, reader);
            RequireCounts(path, header, ids, training);
            return new NeighbourRows(path, reader, header, ids, training).Read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException(path, null, null, $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The columns of the index.</summary>
    internal static IEnumerable<string> ColumnsOf(NeighbourHeader header) =>
        Enumerable.Range(1, header.Neighbours).SelectMany(i => new[] { $"nearest_{i}", $"distance_{i}" }).Prepend("image_id");

    /// <summary>Creates the exception about a line.</summary>
    internal static DatasetException Fault(string path, int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {problem}").ReplaceLineEndings(" "));

    private static NeighbourHeader ReadHeader(string path, DelimitedReader reader)
    {
        var line = Encoding.UTF8.GetString(reader.PeekLine());
        NeighbourHeader? header = null;
        try
        {
            header = line.StartsWith(HeaderStart, StringComparison.Ordinal)
                ? JsonSerializer.Deserialize<NeighbourHeader>(line[HeaderStart.Length..], CoosJson.Options)
                : null;
        }
        catch (JsonException)
        {
            // The problem is the same as without a header.
        }

        if (header is null || !IsKnown(header))
        {
            throw Fault(path, 1, "this is not the first line of an index that this version reads; create it again (coos data index)");
        }

        reader.SkipLine();
        return header;
    }

    /// <summary>Whether the header is complete: JSON can have null where the type has none.</summary>
    private static bool IsKnown(NeighbourHeader header) =>
        header.Version == NeighbourHeader.CurrentVersion
        && header.Neighbours is >= 0 and <= MaximumNeighbours
        && header is { Images: not null, Training: not null };

    private static void RequireCounts(string path, NeighbourHeader header, ImageIndex ids, ImageIndex training)
    {
        if (header.Images.Count != ids.Count || header.Training.Count != training.Count)
        {
            throw Fault(
                path,
                1,
                $"the index is of {header.Images.Count} images and {header.Training.Count} training images; the dataset has "
                    + $"{ids.Count} and {training.Count}; create it again (coos data index)"
            );
        }
    }
}

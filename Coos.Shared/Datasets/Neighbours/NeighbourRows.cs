using System.Buffers.Text;
using System.Text;
using Coos.Shared.Delimited;
using Coos.Shared.Labels;
using Coos.Shared.Text;

namespace Coos.Shared.Datasets.Neighbours;

/// <summary>Reads the lines of an index file after its header.</summary>
internal sealed class NeighbourRows(string path, DelimitedReader reader, NeighbourHeader header, ImageIndex ids, ImageIndex training)
{
    private readonly int[] _images = new int[ids.Count * header.Neighbours];
    private readonly float[] _distances = new float[ids.Count * header.Neighbours];
    private readonly bool[] _isRead = new bool[ids.Count];

    /// <summary>Reads all lines.</summary>
    /// <exception cref="DatasetException">A line is not valid, or an image is missing.</exception>
    public NeighbourIndex Read()
    {
        string[] columns = [.. NeighbourFile.ColumnsOf(header)];
        if (!ReadLine() || !Enumerable.Range(0, reader.FieldCount).Select(Text).SequenceEqual(columns))
        {
            throw Fault($"the columns are not image_id,nearest_1,distance_1,... for {header.Neighbours} neighbours");
        }

        while (ReadLine())
        {
            ReadImage(columns.Length);
        }

        var missing = Array.IndexOf(_isRead, false);
        return missing < 0
            ? new NeighbourIndex(header, _images, _distances)
            : throw Fault($"image \"{ids.Id(missing).Shorten()}\" is missing");
    }

    private bool ReadLine() =>
        reader.Read() && (reader.Fault == RecordFault.None ? true : throw Fault($"the line is not valid text ({reader.Fault})"));

    private void ReadImage(int columns)
    {
        if (reader.FieldCount != columns)
        {
            throw Fault($"there are {reader.FieldCount} fields instead of {columns}");
        }

        var position = ids.Find(reader[0]);
        if (position < 0 || _isRead[position])
        {
            throw Fault($"image \"{Text(0).Shorten()}\" {(position < 0 ? "is not in the dataset" : "has two lines")}");
        }

        _isRead[position] = true;
        for (var i = 0; i < header.Neighbours; i++)
        {
            var (image, isNumber) = (training.Find(reader[1 + (2 * i)]), ReadDistance(reader[2 + (2 * i)], out var distance));
            if (image < 0 || !isNumber)
            {
                throw Fault(
                    image < 0
                        ? $"\"{Text(1 + (2 * i)).Shorten()}\" is not a training image of the dataset"
                        : $"\"{Text(2 + (2 * i)).Shorten()}\" is not a distance of at least 0"
                );
            }

            (_images[(position * header.Neighbours) + i], _distances[(position * header.Neighbours) + i]) = (image, distance);
        }
    }

    private static bool ReadDistance(ReadOnlySpan<byte> field, out float distance) =>
        Utf8Parser.TryParse(field, out distance, out var length) && length == field.Length && distance >= 0 && float.IsFinite(distance);

    private string Text(int field) => Encoding.UTF8.GetString(reader[field]);

    private DatasetException Fault(string problem) => NeighbourFile.Fault(path, Math.Max(2, reader.Line), problem);
}

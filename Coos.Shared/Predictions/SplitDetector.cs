using Coos.Shared.Delimited;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>Detects the split of a prediction file from its image ids.</summary>
public static class SplitDetector
{
    /// <summary>Finds the split of a file.</summary>
    /// <param name="content">The decompressed text; left open.</param>
    /// <param name="splits">The images of each split by its name.</param>
    /// <param name="maximumBytes">The maximum number of bytes that are read.</param>
    /// <returns>
    /// The split that has exactly the images of the file; otherwise the only split that has all of them; null if no split or several
    /// splits fit, or if the file has no column of image ids.
    /// </returns>
    /// <exception cref="InvalidDataException">The file is compressed and damaged.</exception>
    public static string? Find(Stream content, IReadOnlyDictionary<string, ImageIndex> splits, long maximumBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(splits);
        using var reader = new DelimitedReader(content, maximumBytes);
        string[] known = [PredictionColumns.ImageIdName, PredictionColumns.LabelName];
        var column = TableHeader.Read(reader, known, "", new ProblemList())?[PredictionColumns.ImageIdName] ?? -1;
        if (column < 0)
        {
            return null;
        }

        List<Candidate> fitting = [.. splits.Select(s => new Candidate(s.Key, s.Value))];
        while (fitting.Count > 0 && reader.Read())
        {
            if (reader.Fault == RecordFault.None && column < reader.FieldCount)
            {
                var id = reader[column];
                for (var i = fitting.Count - 1; i >= 0; i--)
                {
                    if (!fitting[i].Contains(id))
                    {
                        fitting.RemoveAt(i);
                    }
                }
            }
        }

        List<Candidate> whole = [.. fitting.Where(c => c.IsComplete)];
        var found = whole.Count > 0 ? whole : [.. fitting.Where(c => c.HasAny)];
        return found is [var only] ? only.Name : null;
    }

    /// <summary>A split that has all image ids which were read so far.</summary>
    private sealed class Candidate(string name, ImageIndex images)
    {
        private readonly bool[] _seen = new bool[images.Count];
        private int _distinct;

        public string Name => name;

        public bool HasAny => _distinct > 0;

        public bool IsComplete => HasAny && _distinct == images.Count;

        public bool Contains(ReadOnlySpan<byte> id)
        {
            var image = images.Find(id);
            if (image >= 0 && !_seen[image])
            {
                _seen[image] = true;
                _distinct++;
            }

            return image >= 0;
        }
    }
}

using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions.Arrays;
using Coos.Shared.Predictions.Columns;

namespace Coos.Shared.Predictions;

/// <summary>Detects the split of a prediction file from its image ids, or from the number of its rows if it has none.</summary>
public static class SplitDetector
{
    /// <summary>Finds the split of a file.</summary>
    /// <param name="content">The unpacked content; left open.</param>
    /// <param name="splits">The images of each split by its name.</param>
    /// <param name="maximumBytes">The maximum number of bytes that are read.</param>
    /// <param name="budget">Limits the work of unpacking arrays and columns; null for files that are trusted.</param>
    /// <returns>
    /// The split that has exactly the images of the file; otherwise the only split that has all of them; null if no split or several
    /// splits fit, or if text has no column of image ids. For arrays without ids, the only split that has as many images.
    /// </returns>
    /// <exception cref="InvalidDataException">The file is compressed and damaged.</exception>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static string? Find(
        Stream content,
        IReadOnlyDictionary<string, ImageIndex> splits,
        long maximumBytes = long.MaxValue,
        UnpackBudget? budget = null
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(splits);
        using var peeked = new PeekedContent(content);
        var candidates = new Candidates(splits);
        var limits = new PredictionTarget("", ImageIndex.Create([], out _), new ClassNames([])) { MaximumBytes = maximumBytes };
        switch (peeked.Format)
        {
            case PredictionFormat.Array or PredictionFormat.ArrayArchive:
                var rows = ArrayPredictions.ReadIds(peeked, limits, budget, candidates.Add);
                return rows < 0 ? candidates.Find() : FindByCount(splits, rows);
            case PredictionFormat.Parquet:
                ParquetPredictions.ReadIds(peeked, limits, budget, candidates.Add);
                break;
            default:
                ReadText(peeked.Stream, maximumBytes, candidates);
                break;
        }

        return candidates.Find();
    }

    private static string? FindByCount(IReadOnlyDictionary<string, ImageIndex> splits, int rows) =>
        splits.Where(s => s.Value.Count == rows).ToList() is [var only] ? only.Key : null;

    private static void ReadText(Stream content, long maximumBytes, Candidates candidates)
    {
        using var reader = new DelimitedReader(content, maximumBytes);
        string[] known = [PredictionColumns.ImageIdName, PredictionColumns.LabelName];
        var column = TableHeader.Read(reader, known, "", new ProblemList())?[PredictionColumns.ImageIdName] ?? -1;
        while (column >= 0 && !candidates.AreEmpty && reader.Read())
        {
            if (reader.Fault == RecordFault.None && column < reader.FieldCount)
            {
                candidates.Add(reader[column]);
            }
        }
    }

    /// <summary>The splits that have all image ids which were read so far.</summary>
    private sealed class Candidates(IReadOnlyDictionary<string, ImageIndex> splits)
    {
        private readonly List<Candidate> _fitting = [.. splits.Select(s => new Candidate(s.Key, s.Value))];

        public bool AreEmpty => _fitting.Count == 0;

        public void Add(ReadOnlySpan<byte> id)
        {
            for (var i = _fitting.Count - 1; i >= 0; i--)
            {
                if (!_fitting[i].Contains(id))
                {
                    _fitting.RemoveAt(i);
                }
            }
        }

        public string? Find()
        {
            List<Candidate> whole = [.. _fitting.Where(c => c.IsComplete)];
            var found = whole.Count > 0 ? whole : [.. _fitting.Where(c => c.HasAny)];
            return found is [var only] ? only.Name : null;
        }
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

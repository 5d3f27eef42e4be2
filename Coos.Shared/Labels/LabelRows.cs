using System.Security.Cryptography;
using System.Text;

namespace Coos.Shared.Labels;

/// <summary>Collects labels row by row, in any order.</summary>
/// <param name="columns">The names of the columns besides id and label, in the order of the values of each row.</param>
public sealed class LabelRows(params IReadOnlyList<string> columns)
{
    private readonly List<byte[]> _ids = [];
    private readonly List<ushort> _classes = [];
    private readonly List<string>[] _values = [.. columns.Select(_ => new List<string>())];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The number of images so far.</summary>
    public int Count => _ids.Count;

    /// <summary>Adds an image that is not from a file.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="label">Its class index, 0..19,999.</param>
    /// <param name="values">Its value of each column.</param>
    /// <returns>False if the image was added before.</returns>
    public bool TryAdd(string id, int label, params ReadOnlySpan<string> values) => TryAdd(0, id, label, values);

    /// <summary>Adds an image.</summary>
    /// <param name="line">Its line in the file, from 1; 0 if it is not from a file.</param>
    /// <param name="id">Its id.</param>
    /// <param name="label">Its class index, 0..19,999.</param>
    /// <param name="values">Its value of each column.</param>
    /// <returns>False if the image was added before.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of the columns.</exception>
    public bool TryAdd(long line, string id, int label, ReadOnlySpan<string> values)
    {
        if (values.Length != _values.Length)
        {
            throw new ArgumentException($"{values.Length} values of {_values.Length} columns; the numbers must be equal.", nameof(values));
        }

        if (!_seen.TryAdd(id, line))
        {
            return false;
        }

        _ids.Add(Encoding.UTF8.GetBytes(id));
        _classes.Add((ushort)label);
        for (var column = 0; column < values.Length; column++)
        {
            _values[column].Add(Share(values[column]));
        }

        return true;
    }

    /// <summary>Gets the line on which an image was added, from 1; 0 if it was not added, or not from a file.</summary>
    public long FindLine(string id) => _seen.GetValueOrDefault(id);

    /// <summary>Creates the labels, in canonical order.</summary>
    public SplitLabels ToLabels()
    {
        var images = ImageIndex.Create(_ids, out var order);
        var labels = new SplitLabels
        {
            Images = images,
            Classes = [.. order.Select(i => _classes[i])],
            Columns =
            [
                .. columns
                    .Select((name, place) => new MetadataColumn(name, [.. order.Select(i => _values[place][i])]))
                    .OrderBy(c => c.Name, Comparer<string>.Create(MetadataColumn.CompareNames)),
            ],
            Hash = "",
        };
        return labels with { Hash = ComputeHash(labels) };
    }

    /// <summary>Returns one string per name, since many images share few names.</summary>
    private string Share(string name) => _names.TryGetValue(name, out var shared) ? shared : _names[name] = name;

    private static string ComputeHash(SplitLabels labels)
    {
        using var content = new MemoryStream();
        using (var writer = new StreamWriter(content, leaveOpen: true))
        {
            LabelFile.Write(labels, writer);
        }

        return ContentHash.Format(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Coos.Shared.Labels;

/// <summary>Collects labels row by row, in any order.</summary>
/// <param name="hasPlates">Whether rows have plates.</param>
/// <param name="hasWells">Whether rows have wells.</param>
public sealed class LabelRows(bool hasPlates, bool hasWells)
{
    private readonly List<byte[]> _ids = [];
    private readonly List<byte> _classes = [];
    private readonly List<string> _plates = [];
    private readonly List<string> _wells = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The number of images so far.</summary>
    public int Count => _ids.Count;

    /// <summary>Adds an image.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="label">Its class index, 0..254.</param>
    /// <param name="plate">Its plate; ignored if rows have none.</param>
    /// <param name="well">Its well; ignored if rows have none.</param>
    /// <param name="line">Its line in the file, from 1; 0 if it is not from a file.</param>
    /// <returns>False if the image was added before.</returns>
    public bool TryAdd(string id, int label, string plate = "", string well = "", long line = 0)
    {
        if (!_seen.TryAdd(id, line))
        {
            return false;
        }

        _ids.Add(Encoding.UTF8.GetBytes(id));
        _classes.Add((byte)label);
        if (hasPlates)
        {
            _plates.Add(Share(plate));
        }

        if (hasWells)
        {
            _wells.Add(Share(well));
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
            Plates = hasPlates ? [.. order.Select(i => _plates[i])] : null,
            Wells = hasWells ? [.. order.Select(i => _wells[i])] : null,
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

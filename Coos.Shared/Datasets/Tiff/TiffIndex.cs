namespace Coos.Shared.Datasets.Tiff;

/// <summary>The files of a folder by image, channel and label.</summary>
internal sealed class TiffIndex
{
    private static readonly string[] OtherImages =
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".bmp",
        ".gif",
        ".npy",
        ".npz",
        ".czi",
        ".nd2",
        ".lif",
        ".zarr",
    ];

    private readonly string _root;
    private readonly Entry[] _entries;

    private TiffIndex(string root, Entry[] entries, IReadOnlyList<string> channels, bool hasLabels)
    {
        _root = root;
        _entries = entries;
        Channels = channels;
        HasLabels = hasLabels;
    }

    /// <summary>The number of images.</summary>
    public int Count => _entries.Length;

    /// <summary>The channels in order; one empty name if the file names have none.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>Whether files are in folders named by label.</summary>
    public bool HasLabels { get; }

    /// <summary>Indexes a folder by its file names.</summary>
    /// <exception cref="DatasetException">The folder has no TIFF files, mixes layouts, or has images without all channels.</exception>
    public static TiffIndex Read(string root)
    {
        try
        {
            return Build(root);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(root, null, null, fault.Message, fault);
        }
    }

    /// <summary>The id of an image: the file name without channel, prefixed by the label if labels share ids.</summary>
    public string Id(int index) => _entries[index].Id;

    /// <summary>The folders that images are in, in alphabetical order.</summary>
    public string[] Labels => [.. _entries.Select(e => e.Folder).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The folder of an image.</summary>
    public string Label(int index) => _entries[index].Folder;

    /// <summary>The file of one channel of an image.</summary>
    public string File(int index, int channel) => Path.Combine(_root, _entries[index].Folder, _entries[index].Files[channel]);

    private static TiffIndex Build(string root)
    {
        var flat = Scan(root, "").ToList();
        var nested = Directory
            .EnumerateDirectories(root)
            .Where(folder => !TiffNames.IsHidden(folder))
            .SelectMany(folder => Scan(folder, Path.GetFileName(folder)))
            .ToList();
        if (Directory.EnumerateFiles(root).FirstOrDefault(CoosLayout.IsHdf5) is { } hdf5 && flat.Count + nested.Count > 0)
        {
            throw new DatasetException(
                root,
                null,
                null,
                $"the folder has both TIFF files and an HDF5 file ({Path.GetFileName(hdf5)}); specify which one to use"
            );
        }

        if (flat.Count > 0 && nested.Count > 0)
        {
            throw new DatasetException(
                root,
                null,
                null,
                $"the folder has TIFF files both at its top level ({flat[0].File}) and in label folders "
                    + $"({nested[0].Folder}/{nested[0].File}); keep one layout"
            );
        }

        var files = flat.Count > 0 ? flat : nested;
        if (files.Count == 0)
        {
            throw NoImages(root);
        }

        if (files.Find(f => TiffNames.FindMisnamed(f.File) is not null) is { } misnamed)
        {
            throw new DatasetException(
                Path.Combine(root, misnamed.Folder, misnamed.File),
                null,
                null,
                $"the channel must follow an underscore; rename the file to {TiffNames.FindMisnamed(misnamed.File)}, and the others alike"
            );
        }

        files = Parse(files);
        string[] channels = [.. files.Select(f => f.Channel).Distinct().Order(Comparer<string>.Create(TiffNames.CompareChannels))];
        var entries = files
            .GroupBy(f => (f.Folder, f.Id))
            .Select(image => Join(root, image.Key.Folder, image.Key.Id, [.. image], channels))
            .ToArray();
        return new TiffIndex(root, Order(entries), channels, nested.Count > 0);
    }

    private static List<Found> Parse(List<Found> files)
    {
        var names = new TiffNames(files.Select(f => f.File));
        return files.ConvertAll(found =>
        {
            names.Parse(found.File, out var id, out var channel);
            return found with { Id = id, Channel = channel };
        });
    }

    private static DatasetException NoImages(string root)
    {
        var splits = DatasetFolder.FindSplits(root);
        var names = string.Join(", ", splits.Values.Select(Path.GetFileName));
        var other = Directory
            .EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Where(file => !TiffNames.IsHidden(file) && OtherImages.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return new DatasetException(
            root,
            null,
            null,
            splits.Count > 0 ? $"the folder holds splits ({names}), not images; specify one of them"
                : other is not null ? $"the folder has no TIFF files, but {Path.GetRelativePath(root, other)}; save the images as TIFF"
                : "the folder has no TIFF files, neither at its top level nor in label folders"
        );
    }

    private static IEnumerable<Found> Scan(string path, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(path).Where(TiffNames.IsTiff))
        {
            yield return new Found(folder, "", "", Path.GetFileName(file));
        }
    }

    private static Entry Join(string root, string folder, string id, Found[] files, string[] channels)
    {
        var byChannel = new string[channels.Length];
        for (var i = 0; i < channels.Length; i++)
        {
            byChannel[i] = files.Where(f => f.Channel == channels[i]).Take(2).ToArray() switch
            {
                [var match] => match.File,
                [] => throw Invalid(files[0].File, $"the image has no file for the channel {channels[i]}"),
                [var match, var other, ..] => throw Invalid(match.File, $"{other.File} has the same image and channel"),
            };
        }

        return new Entry(folder, id, byChannel);

        DatasetException Invalid(string file, string problem) => new(Path.Combine(root, folder, file), null, null, problem);
    }

    /// <summary>Sorts by length of id, then by id: numbers are in numeric order, so an unpacked file keeps its order.</summary>
    private static Entry[] Order(Entry[] entries)
    {
        var distinct = entries.Select(e => e.Id).Distinct(StringComparer.Ordinal).Count() == entries.Length;
        return
        [
            .. entries
                .Select(e => distinct ? e : e with { Id = e.Folder + "/" + e.Id })
                .OrderBy(e => e.Id.Length)
                .ThenBy(e => e.Id, StringComparer.Ordinal),
        ];
    }

    private sealed record Entry(string Folder, string Id, string[] Files);

    private sealed record Found(string Folder, string Id, string Channel, string File);
}

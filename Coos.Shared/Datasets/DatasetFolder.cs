namespace Coos.Shared.Datasets;

/// <summary>Finds the splits of a dataset in a folder, as HDF5 files or as unpacked TIFF folders.</summary>
public static class DatasetFolder
{
    /// <summary>Finds the splits.</summary>
    /// <param name="path">A folder with <c>*_training.hdf5</c>, <c>*_test1.hdf5</c>, ..., or with train/, test1/, ...</param>
    /// <returns>The file or folder of each split, by name; empty if there are none.</returns>
    /// <exception cref="DatasetException">The folder cannot be read, has both layouts, or has two files for one split.</exception>
    public static IReadOnlyDictionary<string, string> FindSplits(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var files = Directory.EnumerateFiles(path).Where(CoosLayout.IsHdf5).Order(StringComparer.Ordinal).ToArray();
            var folders = Directory
                .EnumerateDirectories(path)
                .Where(f => !Tiff.TiffNames.IsHidden(f) && HasTiff(f))
                .Order(StringComparer.Ordinal)
                .ToArray();
            var labels = Directory.EnumerateDirectories(path).Where(IsLabel).Order(StringComparer.Ordinal);
            if (files.Length > 0 && labels.FirstOrDefault() is { } label)
            {
                throw new DatasetException(
                    path,
                    null,
                    null,
                    $"the folder has both HDF5 files ({Path.GetFileName(files[0])}) and a TIFF folder's labels "
                        + $"({Path.GetFileName(label)}/); specify the HDF5 file to use, or keep one layout in the folder"
                );
            }

            if (files.Length > 0 && folders.Length > 0)
            {
                throw new DatasetException(
                    path,
                    null,
                    null,
                    $"the folder has both HDF5 files ({Path.GetFileName(files[0])}) and TIFF folders ({Path.GetFileName(folders[0])}); "
                        + "specify which one to use"
                );
            }

            if (folders.FirstOrDefault(f => f.EndsWith(AtomicFile.PartSuffix, StringComparison.Ordinal)) is { } part)
            {
                // It would be read as a split with too few images, under a name that no benchmark has.
                throw new DatasetException(
                    path,
                    null,
                    null,
                    $"{Path.GetFileName(part)}/ is incomplete: coos data unpack is still running, or was interrupted; "
                        + "run the same command again, or delete that folder"
                );
            }

            return files.Length > 0
                ? Index(path, files, CoosLayout.SplitOfFile)
                : Index(path, folders, folder => CoosLayout.SplitOfFolder(Path.GetFileName(folder)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, null, fault.Message, fault);
        }
    }

    private static SortedDictionary<string, string> Index(string path, string[] entries, Func<string, string?> findSplit)
    {
        var splits = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var split = findSplit(entry);
            if (split is not null && !splits.TryAdd(split, entry))
            {
                var (first, second) = (Path.GetFileName(splits[split]), Path.GetFileName(entry));
                throw new DatasetException(
                    path,
                    null,
                    null,
                    $"{first} and {second} are both the split {split}; keep one of them in the folder"
                );
            }
        }

        return splits;
    }

    /// <summary>Whether a folder is a label folder of an unpacked split: named by a class index, with TIFF files.</summary>
    private static bool IsLabel(string folder) =>
        Path.GetFileName(folder).All(char.IsAsciiDigit) && Directory.EnumerateFiles(folder).Any(Tiff.TiffNames.IsTiff);

    /// <summary>Whether a folder looks like an unpacked split: it has a subfolder with a TIFF file.</summary>
    private static bool HasTiff(string folder) =>
        Directory.EnumerateDirectories(folder).Any(label => Directory.EnumerateFiles(label).Any(Tiff.TiffNames.IsTiff));
}

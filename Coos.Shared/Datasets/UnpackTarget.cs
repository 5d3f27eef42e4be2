using System.Globalization;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>The folder that a set is unpacked to, and its part while it is not whole.</summary>
internal sealed class UnpackTarget
{
    private readonly string _folder;
    private readonly string _root;
    private readonly bool _isNew;
    private readonly bool _isStaged;

    /// <summary>Makes the folders.</summary>
    /// <exception cref="DatasetException">They cannot be made.</exception>
    public UnpackTarget(string folder, int[]? labels)
    {
        _folder = Path.TrimEndingDirectorySeparator(folder);
        _isStaged = !Directory.Exists(_folder);
        _root = _isStaged ? _folder + AtomicFile.PartSuffix : _folder;
        _isNew = !Directory.Exists(_root);
        try
        {
            Directory.CreateDirectory(_root);
            foreach (var label in labels?.Distinct() ?? [])
            {
                Directory.CreateDirectory(Path.Combine(_root, label.ToString(CultureInfo.InvariantCulture)));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, null, $"the folder cannot be made: {fault.Message}", fault);
        }
    }

    /// <summary>The folder of an image's label; empty where there are no labels.</summary>
    public static string LabelFolder(int[]? labels, int index) => labels?[index].ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>
    /// Sees to it that no image of another dataset is counted among this one's: a part that an interrupted unpacking of
    /// another left loses it, a whole folder that has one is refused.
    /// </summary>
    /// <param name="names">The files of this dataset, as <see cref="Write"/> gets them.</param>
    /// <exception cref="DatasetException">The folder has such an image.</exception>
    public void KeepOnly(IEnumerable<string> names)
    {
        if (_isNew)
        {
            return;
        }

        try
        {
            var own = names.ToHashSet(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(_root, file);
                if (TiffNames.IsTiff(file) && !own.Contains(name))
                {
                    Remove(file, name);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(_root, null, null, fault.Message, fault);
        }
    }

    /// <summary>Writes a file, unless it is there with the same content.</summary>
    /// <param name="name">Its path within the folder.</param>
    /// <param name="content">All of it.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="DatasetException">It cannot be written.</exception>
    public bool Write(string name, byte[] content)
    {
        var path = Path.Combine(_root, name);
        if (!_isNew && IsThere(path, content))
        {
            return false;
        }

        if (_isStaged)
        {
            AtomicFile.WriteStaged(path, content, _isNew);
        }
        else
        {
            AtomicFile.Write(path, content);
        }

        return true;
    }

    /// <summary>Lets the whole folder appear.</summary>
    /// <exception cref="DatasetException">It cannot be renamed.</exception>
    public void Complete()
    {
        if (!_isStaged)
        {
            return;
        }

        try
        {
            Directory.Move(_root, _folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(_folder, null, null, $"{_root} cannot be renamed to it: {fault.Message}", fault);
        }
    }

    /// <summary>Takes back the folders that nothing came into, when unpacking has failed. Whole files stay for the next attempt.</summary>
    public void RemoveEmpty()
    {
        if (!_isStaged)
        {
            return;
        }

        try
        {
            foreach (var folder in Directory.GetDirectories(_root).Append(_root).Where(f => !Directory.EnumerateFileSystemEntries(f).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason that unpacking failed is the one to tell; the next attempt uses these folders.
        }
    }

    private void Remove(string file, string name)
    {
        if (!_isStaged)
        {
            throw new DatasetException(_folder, null, null, $"the folder has an image of another dataset ({name}); unpack into a new folder, or remove what is there");
        }

        File.Delete(file);
    }

    /// <summary>Compared, not trusted by name: a file of another dataset, or of a crash, is written over.</summary>
    private static bool IsThere(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }
}

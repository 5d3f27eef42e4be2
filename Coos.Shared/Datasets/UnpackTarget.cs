using System.Globalization;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>The folder that a set is unpacked to, or its temporary part while it is incomplete.</summary>
internal sealed class UnpackTarget
{
    private readonly string _folder;
    private readonly string _root;
    private readonly bool _isNew;
    private readonly bool _isStaged;

    /// <summary>Creates the folders.</summary>
    /// <exception cref="DatasetException">The folders cannot be created.</exception>
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
            throw new DatasetException(folder, null, null, $"the folder cannot be created: {fault.Message}", fault);
        }
    }

    /// <summary>The name of the folder of an image's label; empty without labels.</summary>
    public static string LabelFolder(int[]? labels, int index) => labels?[index].ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>
    /// Ensures that the folder holds no image of another dataset: such an image is removed from a part that an interrupted
    /// run left, and rejected in a complete folder.
    /// </summary>
    /// <param name="names">The files of this dataset, as passed to <see cref="Write"/>.</param>
    /// <exception cref="DatasetException">The folder has an image of another dataset.</exception>
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

    /// <summary>Writes a file, unless it exists with the same content.</summary>
    /// <param name="name">Its path within the folder.</param>
    /// <param name="content">The whole content.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="DatasetException">The file cannot be written.</exception>
    public bool Write(string name, byte[] content)
    {
        var path = Path.Combine(_root, name);
        if (!_isNew && HasContent(path, content))
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

    /// <summary>Renames the part to the final folder.</summary>
    /// <exception cref="DatasetException">The part cannot be renamed.</exception>
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

    /// <summary>Removes empty folders after a failure. Complete files stay for the next attempt.</summary>
    public void RemoveEmpty()
    {
        if (!_isStaged)
        {
            return;
        }

        try
        {
            var folders = Directory.GetDirectories(_root).Append(_root);
            foreach (var folder in folders.Where(f => !Directory.EnumerateFileSystemEntries(f).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason why unpacking failed is reported instead; the next attempt uses these folders.
        }
    }

    private void Remove(string file, string name)
    {
        if (!_isStaged)
        {
            throw new DatasetException(
                _folder,
                null,
                null,
                $"the folder has an image of another dataset ({name}); unpack into a new folder, or delete this one"
            );
        }

        File.Delete(file);
    }

    /// <summary>Compares the content, so that a file of another dataset or of a crash is overwritten.</summary>
    private static bool HasContent(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }
}

using System.Globalization;
using System.Text;
using Coos.Shared.Datasets;
using Coos.Shared.Delimited;

namespace Coos.Cli.Benchmarks.Wilds;

/// <summary>The label files of a dataset, written row by row: under temporary names until all rows are read.</summary>
internal sealed class WildsLabelFiles : IDisposable
{
    private readonly string _folder;
    private readonly WildsDataset _dataset;
    private readonly Dictionary<string, StreamWriter> _writers = [];
    private readonly Dictionary<string, int> _images = [];

    /// <summary>Opens the files.</summary>
    /// <param name="folder">The folder <c>labels</c>, created if missing.</param>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="DatasetException">The files cannot be created.</exception>
    public WildsLabelFiles(string folder, WildsDataset dataset)
    {
        (_folder, _dataset) = (folder, dataset);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var split in dataset.Splits)
            {
                var writer = new StreamWriter(AtomicFile.Open(PartOf(split)), new UTF8Encoding(false), 1 << 16);
                _writers.Add(split, writer);
                writer.Write(string.Join(',', ["image_id", "label", .. dataset.Columns]) + "\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new DatasetException(folder, null, null, $"label files cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>The files and their numbers of images.</summary>
    public IEnumerable<(string Path, int Images)> Written => _dataset.Splits.Select(s => (PathOf(s), _images[s]));

    /// <summary>Splits whose images are not written; an empty name stands for images in no split.</summary>
    public IEnumerable<(string Split, int Images)> Others =>
        _images.Where(i => !_dataset.Splits.Contains(i.Key)).OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => (i.Key, i.Value));

    /// <summary>Adds an image.</summary>
    /// <param name="row">Its row in the metadata, which is its id: ids in the order of length and bytes are then in that of rows.</param>
    /// <param name="image">What is said of it.</param>
    public void Add(int row, WildsImage image)
    {
        _images[image.Split] = _images.GetValueOrDefault(image.Split) + 1;
        if (!_writers.TryGetValue(image.Split, out var writer))
        {
            return;
        }

        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row},{image.Label}"));
        foreach (var value in image.Values)
        {
            writer.Write(',');
            writer.Write(CsvField.Quote(value));
        }

        writer.Write('\n');
    }

    /// <summary>Gives the files their names.</summary>
    /// <param name="metadata">The metadata's file, for problems.</param>
    /// <exception cref="DatasetException">A split has no images, or a file cannot be written.</exception>
    public void Complete(string metadata)
    {
        if (_images.Count == 0)
        {
            throw new DatasetException(metadata, null, null, "the file has a header but no images");
        }

        if (_dataset.Splits.FirstOrDefault(s => !_images.ContainsKey(s)) is { } empty)
        {
            throw new DatasetException(metadata, null, null, $"no image is of {empty}; take the whole metadata of {_dataset.Name}");
        }

        try
        {
            foreach (var (split, writer) in _writers)
            {
                writer.Dispose();
                File.Move(PartOf(split), PathOf(split), overwrite: true);
                File.Delete(PathOf(split) + ".gz"); // A split with two label files is refused.
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(_folder, null, null, $"label files cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Closes the files. Files that are not complete are removed.</summary>
    public void Dispose()
    {
        foreach (var (split, writer) in _writers)
        {
            try
            {
                writer.Dispose();
                File.Delete(PartOf(split));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The reason why writing failed is reported instead; the next attempt overwrites the part.
            }
        }
    }

    private string PathOf(string split) => Path.Combine(_folder, split + ".csv");

    private string PartOf(string split) => PathOf(split) + AtomicFile.PartSuffix;
}

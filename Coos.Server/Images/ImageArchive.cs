using System.IO.Compression;
using System.Text;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Tiff;
using Coos.Shared.Delimited;

namespace Coos.Server.Images;

/// <summary>
/// Writes the images of a list as a zip of TIFF files, with a manifest. One image at a time is in memory, and no file is written on the
/// server. An image that cannot be read is named in the manifest with the reason.
/// </summary>
internal sealed class ImageArchive(ImageStore store)
{
    /// <summary>The maximum number of images in an archive.</summary>
    public const int MaximumImages = 1000;

    /// <summary>The maximum size of the samples in an archive, before compression; one image is always sent.</summary>
    private const long MaximumBytes = 512L << 20;

    /// <summary>The earliest time that a zip can have, so that the same images are the same file.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The maximum number of images of a shape in an archive.</summary>
    public static int LimitFor(ImageShape shape) =>
        (int)Math.Clamp(MaximumBytes / (sizeof(float) * (long)Math.Max(1, shape.SamplesPerImage)), 1, MaximumImages);

    /// <summary>Writes an archive.</summary>
    /// <param name="list">The images, of which the first are written.</param>
    /// <param name="target">Where to write; only asynchronous writes are used.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task WriteAsync(ImageListFile list, Stream target, CancellationToken cancellation)
    {
        var limit = LimitFor(list.Selection.Images.Shape);
        await using var pending = new PendingStream();
        using (var zip = new ZipArchive(pending, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "README.txt", Encoding.UTF8.GetBytes(ImageArchiveReadme.Write(list, limit)));
            var manifest = new StringBuilder("file,").Append(ImageTable.Header).Append(",problem\n");
            var number = 0;
            foreach (var image in list.Selection.All.Take(limit))
            {
                AddImage(zip, list, image, ++number, manifest);
                await pending.SendAsync(target, cancellation);
            }

            Add(zip, "manifest.csv", Encoding.UTF8.GetBytes(manifest.ToString()));
        }

        await pending.SendAsync(target, cancellation);
    }

    /// <summary>Encodes an image as TIFF.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The images of the split.</param>
    /// <param name="position">The canonical position of the image.</param>
    /// <returns>The file, or why the image cannot be read.</returns>
    public Result<byte[]> Encode(BenchmarkFolder folder, Split split, SplitImages images, int position)
    {
        var id = images.Ids.Id(position);
        try
        {
            var title = $"{folder.Benchmark.Name}, {split.Title}, {id}";
            return TiffStack.Encode(images.Read(position), images.NameChannels(folder.Benchmark), title);
        }
        catch (DatasetException e)
        {
            return store.Damaged(folder.Benchmark, split, id, e);
        }
    }

    private void AddImage(ZipArchive zip, ImageListFile list, ListedImage image, int number, StringBuilder manifest)
    {
        var name = ImageFileName.InArchive(number, image.Document.Id);
        var encoded = Encode(list.Folder, list.Split, list.Selection.Images, image.Position);
        if (encoded.TryGet(out var tiff, out var refusal))
        {
            Add(zip, name, tiff);
        }

        manifest.Append(refusal is null ? name : "").Append(',');
        ImageTable
            .AppendFields(manifest, list.Folder.Benchmark, list.Split, image.Document)
            .Append(',')
            .Append(CsvField.Quote(refusal?.Detail ?? ""))
            .Append('\n');
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        using var stream = entry.Open();
        stream.Write(content);
    }
}

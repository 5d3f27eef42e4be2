using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Baselines.Deep.Native;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Training;

/// <summary>All images of a training set in memory, prepared: 4 bytes a sample, so 1.4 GB for COOS-7.</summary>
internal sealed class TrainingImages
{
    private readonly float[][] _images;

    private TrainingImages(ImageShape shape, float[][] images, string hash) => (Shape, _images, Hash) = (shape, images, hash);

    /// <summary>Prepares one image.</summary>
    /// <param name="image">Raw intensities, C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="prepared">Receives C x H x W values.</param>
    public delegate void Preparation(ReadOnlySpan<float> image, ImageShape shape, Span<float> prepared);

    public ImageShape Shape { get; }

    /// <summary>Of the decoded images: training on others is another training.</summary>
    public string Hash { get; }

    /// <summary>One image, C x H x W.</summary>
    public ReadOnlySpan<float> this[int index] => _images[index];

    /// <summary>Reads and prepares a set.</summary>
    /// <exception cref="BaselineException">They do not fit into memory.</exception>
    public static TrainingImages Read(ImageSet set, Preparation prepare, IProgress<int>? progress, CancellationToken cancellation) => TorchFaults.Catch(
        () => ReadAll(set, prepare, progress, cancellation),
        $"the {set.Shape.Count} training images, {4.0 * set.Shape.Count * set.Shape.SamplesPerImage / (1 << 30):0.0} GB; train on fewer, or on a machine with more");

    private static TrainingImages ReadAll(ImageSet set, Preparation prepare, IProgress<int>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var images = new float[set.Shape.Count][];
        foreach (var block in set.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(MemoryMarshal.AsBytes(block.Samples));
            Parallel.For(0, block.Count, i => prepare(block.Image(i), block.Shape, images[block.First + i] = new float[block.Shape.SamplesPerImage]));
            progress?.Report(block.Count);
        }

        return new TrainingImages(set.Shape, images, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }
}

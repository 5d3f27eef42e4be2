using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Baselines.Deep.Native;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Training;

/// <summary>All prepared images of a training set in memory: 4 bytes per sample, so 1.4 GB for COOS-7.</summary>
internal sealed class TrainingImages
{
    private readonly float[][] _images;

    private TrainingImages(ImageShape shape, float[][] images, string hash) => (Shape, _images, Hash) = (shape, images, hash);

    /// <summary>Prepares one image.</summary>
    /// <param name="image">Raw samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="prepared">Receives C x H x W values.</param>
    public delegate void Preparation(ReadOnlySpan<float> image, ImageShape shape, Span<float> prepared);

    public ImageShape Shape { get; }

    /// <summary>The hash of the decoded images, which identifies the training run.</summary>
    public string Hash { get; }

    /// <summary>The values of one image, C x H x W.</summary>
    public ReadOnlySpan<float> this[int index] => _images[index];

    /// <summary>Reads and prepares a set.</summary>
    /// <exception cref="BaselineException">The images do not fit into memory.</exception>
    public static TrainingImages Read(ImageSet set, Preparation prepare, IProgress<int>? progress, CancellationToken cancellation)
    {
        var gigabytes = 4.0 * set.Shape.Count * set.Shape.SamplesPerImage / (1 << 30);
        return TorchErrors.Translate(
            () => ReadAll(set, prepare, progress, cancellation),
            $"the {set.Shape.Count} training images, {gigabytes:0.0} GB; train on fewer, or on a machine with more"
        );
    }

    private static TrainingImages ReadAll(ImageSet set, Preparation prepare, IProgress<int>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var images = new float[set.Shape.Count][];
        foreach (var block in set.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(MemoryMarshal.AsBytes(block.Samples));
            Parallel.For(
                0,
                block.Count,
                i =>
                {
                    var prepared = images[block.First + i] = new float[block.Shape.SamplesPerImage];
                    prepare(block.Image(i), block.Shape, prepared);
                }
            );
            progress?.Report(block.Count);
        }

        return new TrainingImages(set.Shape, images, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }
}

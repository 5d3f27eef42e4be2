using Coos.Models.Dials;
using Coos.Shared.Datasets;

namespace Coos.Measurements.Dials;

/// <summary>A set whose images are changed when they are read.</summary>
internal sealed class ChangedImageSet(ImageSet images, Func<int, IImageChange> change) : ImageSet(images.Source)
{
    /// <inheritdoc />
    public override ImageShape Shape => images.Shape;

    /// <inheritdoc />
    public override string SampleType => images.SampleType;

    /// <inheritdoc />
    public override string Storage => images.Storage;

    /// <inheritdoc />
    public override IReadOnlyList<string> ChannelNames => images.ChannelNames;

    /// <inheritdoc />
    public override int BlockSize => images.BlockSize;

    /// <inheritdoc />
    public override IReadOnlyList<string> VectorNames => images.VectorNames;

    /// <inheritdoc />
    public override string[] ReadVector(string name) => images.ReadVector(name);

    /// <summary>Reads an image as whole numbers.</summary>
    public static ushort[] ReadWhole(ImageSet images, int index) =>
        [.. images.Read(index, 1).Samples.ToArray().Select(sample => (ushort)sample)];

    /// <inheritdoc />
    protected override void ReadSamples(int first, int count, float[] samples)
    {
        var changed = new ushort[Shape.SamplesPerImage];
        for (var i = 0; i < count; i++)
        {
            change(first + i).Apply(ReadWhole(images, first + i), changed, (uint)(first + i));
            for (var s = 0; s < changed.Length; s++)
            {
                samples[(i * changed.Length) + s] = changed[s];
            }
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        // The images belong to the caller.
    }
}

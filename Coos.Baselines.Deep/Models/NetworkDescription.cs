using System.Text.Json;
using System.Text.Json.Serialization;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Models;

/// <summary>What a network file says of its network, in its header under <see cref="MetadataKey"/>, in JSON.</summary>
/// <param name="Family">deeploc or pci.</param>
/// <param name="Channels">C of the images that it takes.</param>
/// <param name="Height">H of the training images.</param>
/// <param name="Width">W of the training images.</param>
/// <param name="Classes">K; 0 where the network gives no classes.</param>
/// <param name="Step">The step of training whose network this is.</param>
/// <param name="Seed">The seed of training.</param>
/// <param name="TrainedOn">A hash of the training images.</param>
/// <param name="PairedBy">PCI: what pairs were drawn by.</param>
public sealed record NetworkDescription(
    string Family, int Channels, int Height, int Width, int Classes, int Step, ulong Seed, string TrainedOn, string? PairedBy = null)
{
    /// <summary>The key in the header.</summary>
    public const string MetadataKey = "coos_network";

    /// <summary>How it was trained: batch, rates and the like; null where the file does not say.</summary>
    public JsonElement? Training { get; init; }

    /// <summary>The command that trained it, so that whoever has the network can make it again; null where it was trained by a program.</summary>
    public string? Command { get; init; }

    /// <summary>Of an image: N is 1.</summary>
    [JsonIgnore]
    public ImageShape Shape => new(1, Channels, Height, Width);

    /// <summary>Refuses images of another shape than those of the training.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">They differ.</exception>
    public void Require(ImageSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var shape = set.Shape;
        if ((shape.Channels, shape.Height, shape.Width) != (Channels, Height, Width))
        {
            throw new DatasetException(
                set.Source, null, null,
                $"the images have {shape.Channels} channel{(shape.Channels == 1 ? "" : "s")} of {shape.Height} x {shape.Width} pixels; the network was trained on {Channels} channels of {Height} x {Width}");
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Models;

/// <summary>The description of a network in its file, as JSON in the header under <see cref="MetadataKey"/>.</summary>
/// <param name="Family">The family: deeploc or pci.</param>
/// <param name="Channels">C of the images.</param>
/// <param name="Height">H of the training images.</param>
/// <param name="Width">W of the training images.</param>
/// <param name="Classes">K; 0 if the network does not classify.</param>
/// <param name="Step">The training step of the network.</param>
/// <param name="Seed">The seed of the training run.</param>
/// <param name="TrainedOn">A hash of the training images.</param>
/// <param name="PairedBy">For PCI: the columns that pairs have in common.</param>
public sealed record NetworkDescription(
    string Family,
    int Channels,
    int Height,
    int Width,
    int Classes,
    int Step,
    ulong Seed,
    string TrainedOn,
    string? PairedBy = null
)
{
    /// <summary>The key in the header.</summary>
    public const string MetadataKey = "coos_network";

    /// <summary>The training options; null if the file does not have them.</summary>
    public JsonElement? Training { get; init; }

    /// <summary>The command that reproduces the network; null if it was trained by a program.</summary>
    public string? Command { get; init; }

    /// <summary>The shape of one image: N is 1.</summary>
    [JsonIgnore]
    public ImageShape Shape => new(1, Channels, Height, Width);

    /// <summary>Rejects images whose shape differs from the training images.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">The shape differs.</exception>
    public void Require(ImageSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var shape = set.Shape;
        if ((shape.Channels, shape.Height, shape.Width) != (Channels, Height, Width))
        {
            var channels = shape.Channels == 1 ? "1 channel" : $"{shape.Channels} channels";
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"the images have {channels} of {shape.Height} x {shape.Width} pixels; "
                    + $"the network was trained on {Channels} channels of {Height} x {Width}"
            );
        }
    }
}

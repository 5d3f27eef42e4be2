using System.Text.Json;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Training;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>Trains paired cell inpainting on a training set and writes the network and a picture of what it paints.</summary>
public static class PciBaseline
{
    /// <summary>The name of the network's file in the folder.</summary>
    public const string FileName = "pci.safetensors";

    /// <summary>The name of the picture of inpainted cells.</summary>
    public const string PictureName = "inpainted.png";

    /// <summary>Trains, or goes on with a training that was interrupted in the same folder.</summary>
    /// <param name="set">The training images, two channels, sides multiples of 4.</param>
    /// <param name="pairBy">What paired cells share: auto, class, plate, well, or the name of a vector.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="folder">Receives checkpoint, curve, picture and network.</param>
    /// <param name="command">How a user makes the network again; kept in its file.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Stops after the step at hand, with a checkpoint.</param>
    /// <returns>Every step; the columns that pairs agree in; the images that have a partner.</returns>
    /// <exception cref="DatasetException">Images cannot be read or do not fit, or the folder holds another training.</exception>
    /// <exception cref="BaselineException">There are no pairs, the training diverges, or there is not enough memory.</exception>
    public static (TrainingResult Result, string PairedBy, int Sources) Train(
        ImageSet set, string pairBy, PciOptions options, ulong seed, torch.Device device, string folder,
        string? command = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PciImage.Require(set);
        var pairs = PciPairs.Of(set, pairBy);
        var images = TrainingImages.Read(set, PciImage.Scale, null, cancellation);
        using var training = TorchFaults.Catch(() => new PciTraining(images, pairs, options, seed, device));
        var plan = new TrainingPlan(options.StepsFor(pairs.Sources.Count), options.CheckpointEvery, null);
        var result = new Trainer(training, plan, folder, progress).Run(cancellation);
        training.Network.ForgetFirstAverages(result.Step);
        var shape = images.Shape;
        var description = new NetworkDescription("pci", shape.Channels, shape.Height, shape.Width, 0, result.Step, seed, images.Hash, pairs.PairedBy)
        {
            Training = JsonSerializer.SerializeToElement(options with { Steps = plan.Steps }, CoosJson.Options),
            Command = command,
        };
        NetworkFile.Write(Path.Combine(folder, FileName), description, training.Network);
        var (source, target) = training.Pairs(plan.Steps + 1);
        AtomicFile.Write(Path.Combine(folder, PictureName), PciPicture.Draw(training.Network, source, target));
        return (result, pairs.PairedBy, pairs.Sources.Count);
    }
}

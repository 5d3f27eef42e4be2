using System.Text.Json;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Training;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>Trains paired cell inpainting on a training set, and writes the network and a picture of inpainted cells.</summary>
public static class PciBaseline
{
    /// <summary>The file name of the network in the folder.</summary>
    public const string FileName = "pci.safetensors";

    /// <summary>The file name of the picture of inpainted cells.</summary>
    public const string PictureName = "inpainted.png";

    /// <summary>Trains a network, or resumes an interrupted training run in the same folder.</summary>
    /// <param name="set">The training images, with two channels and sides that are multiples of 4.</param>
    /// <param name="pairBy">What paired cells have in common: auto, class, plate, well, or the name of a vector.</param>
    /// <param name="options">The training options.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="device">The device to train on.</param>
    /// <param name="folder">Receives checkpoint, curve, picture and network.</param>
    /// <param name="command">The command that reproduces the network; stored in its file.</param>
    /// <param name="progress">Receives every step.</param>
    /// <param name="cancellation">Cancels after the current step, with a checkpoint.</param>
    /// <returns>All steps; the columns that pairs have in common; the number of images with a partner.</returns>
    /// <exception cref="DatasetException">Images are unreadable or unsuitable, or the folder has a different training run.</exception>
    /// <exception cref="BaselineException">There are no pairs, the training diverges, or memory runs out.</exception>
    public static (TrainingResult Result, string PairedBy, int Sources) Train(
        ImageSet set,
        string pairBy,
        PciOptions options,
        ulong seed,
        torch.Device device,
        string folder,
        string? command = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        PciImage.Require(set);
        var pairs = PciPairs.Create(set, pairBy);
        var images = TrainingImages.Read(set, PciImage.Scale, null, cancellation);
        using var training = TorchErrors.Translate(() => new PciTraining(images, pairs, options, seed, device));
        var plan = new TrainingPlan(options.StepsFor(pairs.Sources.Count), options.CheckpointEvery, null);
        var result = new Trainer(training, plan, folder, progress).Run(cancellation);
        training.Network.RemoveInitialAverages(result.Step);
        var shape = images.Shape;
        var description = new NetworkDescription(
            "pci",
            shape.Channels,
            shape.Height,
            shape.Width,
            0,
            result.Step,
            seed,
            images.Hash,
            pairs.PairedBy
        )
        {
            Training = JsonSerializer.SerializeToElement(options with { Steps = plan.Steps }, CoosJson.Options),
            Command = command,
        };
        NetworkFile.Write(Path.Combine(folder, FileName), description, training.Network);
        var (source, target) = training.DrawPairs(plan.Steps + 1);
        AtomicFile.Write(Path.Combine(folder, PictureName), PciPicture.Draw(training.Network, source, target));
        return (result, pairs.PairedBy, pairs.Sources.Count);
    }
}

using System.Text.Json;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Training;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>Trains DeepLoc on a training set and writes the network.</summary>
public static class DeepLocBaseline
{
    /// <summary>The name of the network's file in the folder.</summary>
    public const string FileName = "deeploc.safetensors";

    /// <summary>Trains, or goes on with a training that was interrupted in the same folder.</summary>
    /// <param name="set">The training images, 60 x 60 pixels or more, any number of channels, labelled.</param>
    /// <param name="labels">N classes, 0 .. K - 1.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="folder">Receives checkpoint, curve and network.</param>
    /// <param name="command">How a user makes the network again; kept in its file.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Stops after the step at hand, with a checkpoint.</param>
    /// <returns>Every step, and the step of the network that was kept.</returns>
    /// <exception cref="DatasetException">Images cannot be read or are too small, or the folder holds another training.</exception>
    /// <exception cref="BaselineException">There is nothing to learn, the training diverges, or there is not enough memory.</exception>
    public static TrainingResult Train(
        ImageSet set, int[] labels, DeepLocOptions options, ulong seed, torch.Device device, string folder,
        string? command = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        DeepLocExtractor.RequireSize(set);
        var images = TrainingImages.Read(set, DeepLocImage.Scale, null, cancellation);
        var classes = labels.DefaultIfEmpty(-1).Max() + 1;
        using var training = TorchFaults.Catch(() => new DeepLocTraining(images, labels, classes, options, seed, device));
        var plan = new TrainingPlan(options.Steps, options.CheckpointEvery, options.Patience);
        var result = new Trainer(training, plan, folder, progress).Run(cancellation);
        var shape = images.Shape;
        var description = new NetworkDescription("deeploc", shape.Channels, shape.Height, shape.Width, classes, result.Step, seed, images.Hash)
        {
            Training = JsonSerializer.SerializeToElement(options, CoosJson.Options),
            Command = command,
        };
        NetworkFile.Write(Path.Combine(folder, FileName), description, training.Network);
        return result;
    }
}

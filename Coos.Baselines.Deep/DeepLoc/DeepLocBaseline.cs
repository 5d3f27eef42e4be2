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
    /// <summary>The file name of the network in the folder.</summary>
    public const string FileName = "deeploc.safetensors";

    /// <summary>Trains a network, or resumes an interrupted training run in the same folder.</summary>
    /// <param name="set">The training images of any number of channels, at least 60 x 60 pixels.</param>
    /// <param name="labels">The class of each image, 0 .. K - 1.</param>
    /// <param name="options">The training options.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="device">The device to train on.</param>
    /// <param name="folder">Receives checkpoint, curve and network.</param>
    /// <param name="command">The command that reproduces the network; stored in its file.</param>
    /// <param name="progress">Receives every step.</param>
    /// <param name="cancellation">Cancels after the current step, with a checkpoint.</param>
    /// <returns>All steps, and the step of the selected network.</returns>
    /// <exception cref="DatasetException">Images cannot be read or are too small, or the folder has a different training run.</exception>
    /// <exception cref="BaselineException">There are too few images or classes, the training diverges, or memory runs out.</exception>
    public static TrainingResult Train(
        ImageSet set,
        int[] labels,
        DeepLocOptions options,
        ulong seed,
        torch.Device device,
        string folder,
        string? command = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        DeepLocExtractor.RequireSize(set);
        var images = TrainingImages.Read(set, DeepLocImage.Scale, null, cancellation);
        var classes = labels.DefaultIfEmpty(-1).Max() + 1;
        using var training = TorchErrors.Translate(() => new DeepLocTraining(images, labels, classes, options, seed, device));
        var plan = new TrainingPlan(options.Steps, options.CheckpointEvery, options.Patience);
        var result = new Trainer(training, plan, folder, progress).Run(cancellation);
        var shape = images.Shape;
        var description = new NetworkDescription(
            "deeploc",
            shape.Channels,
            shape.Height,
            shape.Width,
            classes,
            result.Step,
            seed,
            images.Hash
        )
        {
            Training = JsonSerializer.SerializeToElement(options, CoosJson.Options),
            Command = command,
        };
        NetworkFile.Write(Path.Combine(folder, FileName), description, training.Network);
        return result;
    }
}

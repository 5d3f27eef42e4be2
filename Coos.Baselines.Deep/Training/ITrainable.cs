using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>A network and what one step of its training does.</summary>
internal interface ITrainable
{
    /// <summary>For people: deeploc, pci.</summary>
    string Name { get; }

    /// <summary>All that decides the training, in JSON: a checkpoint of another is refused.</summary>
    string Configuration { get; }

    /// <summary>What is trained, in training mode.</summary>
    torch.nn.Module Network { get; }

    /// <summary>Its optimiser.</summary>
    TorchSharp.Modules.Adam Optimizer { get; }

    /// <summary>Adam's rate at a step.</summary>
    /// <param name="step">From 1.</param>
    double RateAt(int step);

    /// <summary>The loss on the batch of a step; the seed and the step alone decide the batch.</summary>
    /// <param name="step">From 1.</param>
    torch.Tensor Loss(int step);

    /// <summary>Judges the network on images that it is not trained on; null where there is nothing to choose by.</summary>
    /// <param name="cancellation">Stops between two batches.</param>
    Validation? Validate(CancellationToken cancellation);
}

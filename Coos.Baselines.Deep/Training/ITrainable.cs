using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>A network and the steps of its training.</summary>
internal interface ITrainable
{
    /// <summary>The display name: deeploc or pci.</summary>
    string Name { get; }

    /// <summary>All training settings as JSON; a checkpoint with other settings is rejected.</summary>
    string Configuration { get; }

    /// <summary>The trained network.</summary>
    torch.nn.Module Network { get; }

    /// <summary>The optimiser of the network.</summary>
    TorchSharp.Modules.Adam Optimizer { get; }

    /// <summary>Computes the learning rate of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    double RateAt(int step);

    /// <summary>Computes the loss on the batch of a step; the batch depends only on seed and step.</summary>
    /// <param name="step">The step, from 1.</param>
    torch.Tensor Loss(int step);

    /// <summary>Evaluates the network on held-out images; null if there are none.</summary>
    /// <param name="cancellation">Cancels between two batches.</param>
    Validation? Validate(CancellationToken cancellation);
}

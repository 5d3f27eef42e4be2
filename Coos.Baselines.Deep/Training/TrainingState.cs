using Coos.Baselines.Deep.Weights;
using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>The state of a training run, with its best network so far.</summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>The number of steps done.</summary>
    public int Step { get; set; }

    /// <summary>The step of the best network; 0 if there is none.</summary>
    public int BestStep { get; set; }

    /// <summary>All steps done.</summary>
    public List<CurvePoint> Curve { get; } = [];

    /// <summary>The tensors of the best network, on the CPU.</summary>
    public List<(string Name, torch.Tensor Tensor)> Best { get; private set; } = [];

    /// <summary>The number of validations since the best one.</summary>
    public int ValidationsSinceBest => Curve.Count(p => p.Step > BestStep && p.ValidationError is not null);

    /// <summary>The best validation; null if there is none.</summary>
    public Validation? BestValidation =>
        Curve.Find(p => p.Step == BestStep) is { ValidationLoss: { } loss, ValidationError: { } error }
            ? new Validation(loss, error)
            : null;

    /// <summary>Stores a copy of the network as the best so far.</summary>
    public void KeepBest(torch.nn.Module network, int step)
    {
        using var gradients = torch.no_grad();
        var copies = NetworkWeights.GetTensors(network).Select(t => (t.Name, t.Tensor.detach().cpu().clone())).ToList();
        Dispose();
        (Best, BestStep) = (copies, step);
    }

    /// <summary>Restores the best network, if there is one.</summary>
    public void RestoreBest(torch.nn.Module network)
    {
        using var gradients = torch.no_grad();
        foreach (var (kept, current) in Best.Zip(NetworkWeights.GetTensors(network)))
        {
            current.Tensor.copy_(kept.Tensor);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, tensor) in Best)
        {
            tensor.Dispose();
        }
    }
}

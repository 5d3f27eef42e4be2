using Coos.Baselines.Deep.Weights;
using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>How far a training is, and the best network that it has seen.</summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>The steps done.</summary>
    public int Step { get; set; }

    /// <summary>The step of the best network; 0 where none was chosen.</summary>
    public int BestStep { get; set; }

    /// <summary>Every step done.</summary>
    public List<CurvePoint> Curve { get; } = [];

    /// <summary>The best network's tensors, on the CPU.</summary>
    public List<(string Name, torch.Tensor Tensor)> Best { get; private set; } = [];

    /// <summary>The looks at held-out images since the best.</summary>
    public int LooksSinceBest => Curve.Count(p => p.Step > BestStep && p.ValidationError is not null);

    /// <summary>The best look; null where there was none.</summary>
    public Validation? BestValidation =>
        Curve.Find(p => p.Step == BestStep) is { ValidationLoss: { } loss, ValidationError: { } error } ? new Validation(loss, error) : null;

    /// <summary>Copies the network as the best so far.</summary>
    public void KeepBest(torch.nn.Module network, int step)
    {
        using var gradients = torch.no_grad();
        var copies = NetworkWeights.Tensors(network).Select(t => (t.Name, t.Tensor.detach().cpu().clone())).ToList();
        Dispose();
        (Best, BestStep) = (copies, step);
    }

    /// <summary>Puts the best network's tensors back, where one was chosen.</summary>
    public void RestoreBest(torch.nn.Module network)
    {
        using var gradients = torch.no_grad();
        foreach (var (kept, current) in Best.Zip(NetworkWeights.Tensors(network)))
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

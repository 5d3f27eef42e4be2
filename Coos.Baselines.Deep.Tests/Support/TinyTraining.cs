using Coos.Baselines.Deep.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>A training run with a few hundred weights, to test the trainer in milliseconds.</summary>
internal sealed class TinyTraining : ITrainable, IDisposable
{
    private readonly double _rate;
    private readonly double _lossFactor;
    private readonly Func<int, Validation?>? _validate;
    private int _validations;

    public TinyTraining(double rate = 0.01, double lossFactor = 1, Func<int, Validation?>? validate = null)
    {
        (_rate, _lossFactor, _validate) = (rate, lossFactor, validate);
        torch.manual_seed(1);
        Network = Sequential(("hidden", Linear(8, 16)), ("norm", BatchNorm1d(16)), ("out", Linear(16, 2)));
        Optimizer = torch.optim.Adam(Network.parameters(), rate, 0.9, 0.999);
    }

    public string Name => "tiny";

    public string Configuration => $"{{\"network\":\"tiny\",\"rate\":{_rate}}}";

    public TorchSharp.Modules.Sequential Network { get; }

    Module ITrainable.Network => Network;

    public TorchSharp.Modules.Adam Optimizer { get; }

    public double RateAt(int step) => _rate;

    public torch.Tensor Loss(int step)
    {
        var input = torch.tensor(Enumerable.Range(0, 32).Select(i => MathF.Sin((step * 31) + i)).ToArray(), [4, 8]);
        return functional.cross_entropy(Network.forward(input), torch.arange(4) % 2) * _lossFactor;
    }

    public Validation? Validate(CancellationToken cancellation) => _validate?.Invoke(++_validations);

    public float[] Weights() => [.. Network.parameters().SelectMany(p => p.detach().flatten().data<float>().ToArray())];

    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }
}

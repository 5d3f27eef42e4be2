using System.Text.Json;
using Coos.Baselines.Deep.Training;
using Coos.Shared;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>Trains paired cell inpainting: mean squared error of the target's first channel. Labels are used for pairing alone, where at all.</summary>
internal sealed class PciTraining : ITrainable, IDisposable
{
    // Keys of random numbers: a stream for each pair.
    private const ulong PairKeys = 1UL << 42;

    private readonly TrainingImages _images;
    private readonly PciPairs _pairs;
    private readonly PciOptions _options;
    private readonly ulong _seed;
    private readonly torch.Device _device;
    private readonly EpochSampler _sampler;

    public PciTraining(TrainingImages images, PciPairs pairs, PciOptions options, ulong seed, torch.Device device)
    {
        (_images, _pairs, _options, _seed, _device) = (images, pairs, options, seed, device);
        _sampler = new EpochSampler(pairs.Sources, options.Batch, seed);
        torch.manual_seed((long)seed);
        Network = new PciNetwork { Precision = options.Precision };
        Network.to(device);

        // Keras's epsilon; the description names none.
        Optimizer = torch.optim.Adam(Network.parameters(), options.LearningRate, 0.5, 0.999, 1e-7);
    }

    public string Name => "pci";

    public PciNetwork Network { get; }

    torch.nn.Module ITrainable.Network => Network;

    public TorchSharp.Modules.Adam Optimizer { get; }

    public string Configuration => JsonSerializer.Serialize(
        new
        {
            Network = Name,
            _images.Shape,
            Images = _images.Hash,
            _pairs.PairedBy,
            Seed = _seed,
            _options.Batch,
            _options.LearningRate,
            _options.CheckpointEvery,
            _options.Precision,
        },
        CoosJson.Options);

    public double RateAt(int step) => _options.LearningRate;

    public torch.Tensor Loss(int step)
    {
        var (source, target) = Pairs(step);
        return torch.nn.functional.mse_loss(Network.forward(source, target[.., 1..2]), target[.., 0..1]);
    }

    public Validation? Validate(CancellationToken cancellation) => null;

    /// <summary>Draws the pairs of a step: images anew each time, both turned over independently.</summary>
    /// <returns>Sources and targets, N x 2 x H x W each.</returns>
    public (torch.Tensor Source, torch.Tensor Target) Pairs(int step)
    {
        var chosen = _sampler.Batch(step);
        var length = _images.Shape.SamplesPerImage;
        var (source, target) = (new float[(long)chosen.Length * length], new float[(long)chosen.Length * length]);
        Parallel.For(0, chosen.Length, i =>
        {
            var random = new KeyedRandom(_seed, PairKeys + ((ulong)step * (ulong)_options.Batch) + (ulong)i);
            var partner = _pairs.Partner(chosen[i], random);
            PciImage.Flip(_images[chosen[i]], _images.Shape, random.Index(2) == 1, random.Index(2) == 1, source.AsSpan(i * length, length));
            PciImage.Flip(_images[partner], _images.Shape, random.Index(2) == 1, random.Index(2) == 1, target.AsSpan(i * length, length));
        });
        return (Tensor(source, chosen.Length), Tensor(target, chosen.Length));
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }

    private torch.Tensor Tensor(float[] values, int count) =>
        torch.tensor(values, [count, _images.Shape.Channels, _images.Shape.Height, _images.Shape.Width]).to(_device);
}

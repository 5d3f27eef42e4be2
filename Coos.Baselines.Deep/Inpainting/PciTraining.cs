using System.Text.Json;
using Coos.Baselines.Deep.Training;
using Coos.Shared;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// Trains paired cell inpainting by the mean squared error of the first channel of the target. Labels are used for pairing only.
/// </summary>
internal sealed class PciTraining : ITrainable, IDisposable
{
    // The keys of the random streams, one per pair.
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

        // The epsilon of Keras; the paper does not state one.
        Optimizer = torch.optim.Adam(Network.parameters(), options.LearningRate, 0.5, 0.999, 1e-7);
    }

    public string Name => "pci";

    public PciNetwork Network { get; }

    torch.nn.Module ITrainable.Network => Network;

    public TorchSharp.Modules.Adam Optimizer { get; }

    public string Configuration =>
        JsonSerializer.Serialize(
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
            CoosJson.Options
        );

    public double RateAt(int step) => _options.LearningRate;

    public torch.Tensor Loss(int step)
    {
        var (source, target) = DrawPairs(step);
        return torch.nn.functional.mse_loss(Network.forward(source, target[.., 1..2]), target[.., 0..1]);
    }

    public Validation? Validate(CancellationToken cancellation) => null;

    /// <summary>Draws the pairs of a step, both with independent flips.</summary>
    /// <returns>The sources and targets, N x 2 x H x W each.</returns>
    public (torch.Tensor Source, torch.Tensor Target) DrawPairs(int step)
    {
        var chosen = _sampler.Batch(step);
        var length = _images.Shape.SamplesPerImage;
        var (source, target) = (new float[(long)chosen.Length * length], new float[(long)chosen.Length * length]);
        Parallel.For(
            0,
            chosen.Length,
            i =>
            {
                var random = new KeyedRandom(_seed, PairKeys + ((ulong)step * (ulong)_options.Batch) + (ulong)i);
                var partner = _pairs.DrawPartner(chosen[i], random);
                Flip(chosen[i], random, source.AsSpan(i * length, length));
                Flip(partner, random, target.AsSpan(i * length, length));
            }
        );
        return (Tensor(source, chosen.Length), Tensor(target, chosen.Length));
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }

    private void Flip(int image, KeyedRandom random, Span<float> flipped) =>
        PciImage.Flip(_images[image], _images.Shape, random.Index(2) == 1, random.Index(2) == 1, flipped);

    private torch.Tensor Tensor(float[] values, int count) =>
        torch.tensor(values, [count, _images.Shape.Channels, _images.Shape.Height, _images.Shape.Width]).to(_device);
}

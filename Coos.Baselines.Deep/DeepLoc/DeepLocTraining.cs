using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Training;
using Coos.Baselines.Features;
using Coos.Shared;
using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>Trains DeepLoc on four fifths of the training images of each class; the other fifth selects the checkpoint.</summary>
internal sealed class DeepLocTraining : ITrainable, IDisposable
{
    private const int Folds = 5;

    // The keys of the random streams.
    private const ulong FoldKey = 1UL << 50;
    private const ulong ViewKeys = 1UL << 41;

    private readonly TrainingImages _images;
    private readonly int[] _labels;
    private readonly int[] _heldOut;
    private readonly int _classes;
    private readonly DeepLocOptions _options;
    private readonly ulong _seed;
    private readonly torch.Device _device;
    private readonly EpochSampler _sampler;

    public DeepLocTraining(TrainingImages images, int[] labels, int classes, DeepLocOptions options, ulong seed, torch.Device device)
    {
        (_images, _labels, _classes, _options, _seed, _device) = (images, labels, classes, options, seed, device);
        var folds = Stratify(labels, seed);
        _heldOut = [.. Enumerable.Range(0, labels.Length).Where(i => folds[i] == Folds - 1)];
        int[] fit = [.. Enumerable.Range(0, labels.Length).Where(i => folds[i] != Folds - 1)];
        if (labels.Distinct().Count() < 2 || _heldOut.Length == 0)
        {
            throw new BaselineException(
                $"there are {labels.Length} training images of {labels.Distinct().Count()} classes; "
                    + "DeepLoc needs at least two classes, and enough images to hold out a fifth of them"
            );
        }

        _sampler = new EpochSampler(fit, options.Batch, seed);
        torch.manual_seed((long)seed);
        Network = new DeepLocNetwork(images.Shape.Channels, classes) { Precision = options.Precision };
        Network.to(device);
        Optimizer = torch.optim.Adam(Network.parameters(), options.LearningRate, 0.9, 0.999, 1e-8);
    }

    public string Name => "deeploc";

    public DeepLocNetwork Network { get; }

    torch.nn.Module ITrainable.Network => Network;

    public TorchSharp.Modules.Adam Optimizer { get; }

    public string Configuration =>
        JsonSerializer.Serialize(
            new
            {
                Network = Name,
                _images.Shape,
                Classes = _classes,
                Images = _images.Hash,
                Labels = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(_labels.AsSpan())).AsSpan(0, 8)),
                Seed = _seed,
                _options.Batch,
                _options.LearningRate,
                _options.Decay,
                _options.DecayEvery,
                _options.CheckpointEvery,
                _options.Precision,
            },
            CoosJson.Options
        );

    public double RateAt(int step) => _options.RateAt(step);

    public torch.Tensor Loss(int step)
    {
        var chosen = _sampler.Batch(step);
        var firstKey = ViewKeys + ((ulong)step * (ulong)_options.Batch);
        var input = CreateInput(chosen, i => DeepLocView.Draw(_images.Shape, new KeyedRandom(_seed, firstKey + (ulong)i)));
        return torch.nn.functional.cross_entropy(Network.forward(input), Labels(chosen));
    }

    public Validation? Validate(CancellationToken cancellation)
    {
        var loss = 0.0;
        var scores = new FeatureMatrix(_heldOut.Length, _classes);
        for (var first = 0; first < _heldOut.Length; first += _options.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            int[] chosen = [.. _heldOut.Skip(first).Take(_options.Batch)];
            var logits = Network.forward(CreateInput(chosen, _ => DeepLocView.Centre(_images.Shape)));
            loss += torch.nn.functional.cross_entropy(logits, Labels(chosen), reduction: torch.nn.Reduction.Sum).item<float>();
            var values = logits.cpu().contiguous().data<float>().ToArray();
            Array.ConvertAll(values, v => (double)v).CopyTo(scores.Values, first * _classes);
        }

        int[] labels = [.. _heldOut.Select(i => _labels[i])];
        return new Validation(loss / _heldOut.Length, Decision.BalancedError(labels, Decision.Classes(scores)));
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }

    /// <summary>
    /// Assigns a fold to every image, so that each class is spread evenly. The last fold gets its share of every class with at
    /// least five images.
    /// </summary>
    internal static int[] Stratify(int[] labels, ulong seed)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new KeyedRandom(seed, FoldKey).Shuffle(order);
        var folds = new int[labels.Length];
        foreach (var images in order.GroupBy(i => labels[i]))
        {
            foreach (var (position, image) in images.Index())
            {
                folds[image] = position % Folds;
            }
        }

        return folds;
    }

    private torch.Tensor Labels(int[] chosen) => torch.tensor(Array.ConvertAll(chosen, i => (long)_labels[i])).to(_device);

    private torch.Tensor CreateInput(int[] chosen, Func<int, DeepLocView> chooseView)
    {
        const int side = DeepLocNetwork.Side;
        var length = _images.Shape.Channels * side * side;
        var input = new float[(long)chosen.Length * length];
        Parallel.For(
            0,
            chosen.Length,
            i => DeepLocImage.Crop(_images[chosen[i]], _images.Shape, chooseView(i), input.AsSpan(i * length, length))
        );
        return torch.tensor(input, [chosen.Length, _images.Shape.Channels, side, side]).to(_device);
    }
}

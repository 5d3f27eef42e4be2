using System.Collections.Concurrent;
using Coos.Shared.Randomness;
using Coos.Simulator.Design;
using Coos.Simulator.Parameters;
using Coos.Simulator.Randomness;

namespace Coos.Simulator;

/// <summary>One set of simulated images. Its labels, plates and wells are computed at once; its images are drawn on demand.</summary>
/// <remarks>An image depends only on the parameters, the seed, its set and its index, not on threads, order or platform.</remarks>
public sealed class SimulatedSplit
{
    private readonly SimulationParameters _parameters;
    private readonly ulong _seed;
    private readonly ulong _number;
    private readonly WellSite[] _plan;
    private readonly Dictionary<int, Conditions> _conditions;

    /// <summary>Renderers that are not in use: the microscope's blur takes as long to set up as an image to draw.</summary>
    private readonly ConcurrentBag<ImageRenderer> _renderers = [];

    /// <summary>Plans a set.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="number">The index of the set in <see cref="DesignParameters.Splits"/>.</param>
    /// <param name="seed">The seed.</param>
    public SimulatedSplit(SimulationParameters parameters, int number, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_parameters, _seed, _number) = (parameters, seed, (ulong)number);
        Design = parameters.Design.Splits[number];
        _plan = SplitPlan.Draw(parameters.Design, Design, number, seed);
        _conditions = _plan
            .DistinctBy(site => site.Number)
            .ToDictionary(site => site.Number, site => Conditions.Draw(parameters.Variation, Design.Shift, site, seed));
        Labels = Array.ConvertAll(_plan, site => (long)site.Class);
        Plates = Array.ConvertAll(_plan, site => (long)site.Plate);
        Wells = Array.ConvertAll(_plan, site => (long)site.Number);
    }

    /// <summary>The set.</summary>
    public SplitDesign Design { get; }

    /// <summary>The number of images.</summary>
    public int Count => _plan.Length;

    /// <summary>The samples per image, of two channels.</summary>
    public int SamplesPerImage => 2 * _parameters.ImageSize * _parameters.ImageSize;

    /// <summary>The class of each image.</summary>
    public IReadOnlyList<long> Labels { get; }

    /// <summary>The plate of each image.</summary>
    public IReadOnlyList<long> Plates { get; }

    /// <summary>The well of each image: plate x 384 + row x 24 + column, so that no two plates share a number.</summary>
    public IReadOnlyList<long> Wells { get; }

    /// <summary>Draws consecutive images.</summary>
    /// <param name="first">The index of the first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="threads">The maximum number of threads; 0 for one per core.</param>
    /// <returns>Samples by image, channel (protein, nucleus), row and column.</returns>
    public ushort[] Render(int first, int count, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - first);
        var images = new ushort[count * SamplesPerImage];
        var optics = Design.OtherMicroscope ? _parameters.OtherMicroscope : _parameters.Microscope;
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads },
            () => _renderers.TryTake(out var idle) ? idle : new ImageRenderer(_parameters, optics),
            (i, _, renderer) =>
            {
                Render(renderer, first + i, images.AsSpan(i * SamplesPerImage, SamplesPerImage));
                return renderer;
            },
            _renderers.Add
        );
        return images;
    }

    private void Render(ImageRenderer renderer, int index, Span<ushort> target)
    {
        var site = _plan[index];
        renderer.Render(
            site,
            _conditions[site.Number],
            new RandomStream(_seed, StreamPurpose.Cell, _number, (ulong)index),
            new RandomStream(_seed, StreamPurpose.Structure, _number, (ulong)index),
            target
        );
    }
}

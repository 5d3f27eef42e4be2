using System.Globalization;
using Coos.Shared.Datasets;
using Coos.Simulator.Parameters;

namespace Coos.Simulator;

/// <summary>
/// The images of one simulated set, drawn when they are read. They are those of the file that <c>coos data simulate</c> writes.
/// </summary>
public sealed class SimulatedImageSet : ImageSet
{
    private const string PlateVector = "plates";
    private const string WellVector = "wells";

    private readonly SimulatedSplit _split;
    private readonly int _side;

    private SimulatedImageSet(string name, SimulatedSplit split, int side)
        : base($"simulated {name}") => (_split, _side) = (split, side);

    /// <summary>Plans a set with the default parameters.</summary>
    /// <param name="split">The name of the set.</param>
    /// <param name="seed">The seed of the simulation.</param>
    /// <returns>Null if the simulation has no set of that name.</returns>
    public static SimulatedImageSet? Find(string split, ulong seed)
    {
        var parameters = new SimulationParameters();
        var number = parameters.Design.Splits.ToList().FindIndex(s => s.Name == split);
        return number < 0 ? null : new SimulatedImageSet(split, new SimulatedSplit(parameters, number, seed), parameters.ImageSize);
    }

    /// <inheritdoc />
    public override ImageShape Shape => new(_split.Count, CoosLayout.Channels.Count, _side, _side);

    /// <inheritdoc />
    public override string SampleType => "uint16";

    /// <inheritdoc />
    public override string Storage => "simulated, drawn when they are read";

    /// <inheritdoc />
    public override IReadOnlyList<string> ChannelNames => CoosLayout.Channels;

    /// <inheritdoc />
    public override int BlockSize => 1;

    /// <inheritdoc />
    public override IReadOnlyList<string> VectorNames { get; } = [LabelVector, PlateVector, WellVector];

    /// <inheritdoc />
    public override string[] ReadVector(string name)
    {
        var vector = name switch
        {
            LabelVector => _split.Labels,
            PlateVector => _split.Plates,
            WellVector => _split.Wells,
            _ => throw new DatasetException(Source, name, null, $"no such vector; the set has {string.Join(", ", VectorNames)}"),
        };
        return [.. vector.Select(v => v.ToString(CultureInfo.InvariantCulture))];
    }

    /// <inheritdoc />
    protected override void ReadSamples(int first, int count, float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var drawn = _split.Render(first, count, threads: 1);
        for (var i = 0; i < drawn.Length; i++)
        {
            samples[i] = drawn[i];
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        // Nothing is open.
    }
}

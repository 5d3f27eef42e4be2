namespace Coos.Simulator.Parameters;

/// <summary>
/// All that the simulation depends on beside the seed. Lengths are micrometres in the specimen; light is photo-electrons a
/// pixel; variations are standard deviations of the natural logarithm unless another unit is given. Sources are in docs/datasets.md.
/// </summary>
public sealed record SimulationParameters
{
    /// <summary>The seed of benchmarks/coos-sim.</summary>
    public const ulong DefaultSeed = 7;

    /// <summary>Pixels along one side of an image; COOS-7's crops have 64.</summary>
    public int ImageSize { get; init; } = 64;

    /// <summary>Grid points along one side of a pixel when shapes are drawn; 2 puts the grid below a third of the PSF's width.</summary>
    public int Oversampling { get; init; } = 2;

    /// <summary>The outline of cells and nuclei.</summary>
    public CellParameters Cells { get; init; } = new();

    /// <summary>The seven compartments.</summary>
    public CompartmentParameters Compartments { get; init; } = new();

    /// <summary>How bright cells are, and how that varies between cells, wells and plates.</summary>
    public VariationParameters Variation { get; init; } = new();

    /// <summary>The microscope of all sets but the last: a spinning disk confocal, 40x water objective of NA 0.9.</summary>
    public MicroscopeParameters Microscope { get; init; } = new();

    /// <summary>The other microscope, of Test4: a dry objective of lower aperture, another camera.</summary>
    public MicroscopeParameters OtherMicroscope { get; init; } = new()
    {
        NumericalAperture = 0.75,
        PixelSize = 0.345,
        HazeFraction = 0.28,
        HazeWidth = 1.5,
        Transmission = 0.85,
        Background = 9.5,
        VignettingDepth = 0.28,
        Gain = 1.9,
        Offset = 210,
        ReadNoise = 5.5,
    };

    /// <summary>The five sets: plates, wells, sizes, and what differs on their days.</summary>
    public DesignParameters Design { get; init; } = new();
}

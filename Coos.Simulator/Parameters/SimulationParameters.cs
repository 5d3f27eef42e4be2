namespace Coos.Simulator.Parameters;

/// <summary>
/// The parameters of the simulation. Lengths are micrometres in the specimen; light is in photo-electrons per pixel; variations
/// are standard deviations of the natural logarithm unless another unit is given. Sources are in docs/datasets.md.
/// </summary>
public sealed record SimulationParameters
{
    /// <summary>The seed of benchmarks/coos-sim.</summary>
    public const ulong DefaultSeed = 7;

    /// <summary>The pixels along one side of an image; COOS-7's crops have 64.</summary>
    public int ImageSize { get; init; } = 64;

    /// <summary>The grid points along one side of a pixel; with 2 the grid spacing is below a third of the PSF's width.</summary>
    public int Oversampling { get; init; } = 2;

    /// <summary>The outline of cells and nuclei.</summary>
    public CellParameters Cells { get; init; } = new();

    /// <summary>The seven compartments.</summary>
    public CompartmentParameters Compartments { get; init; } = new();

    /// <summary>The brightness of cells and its variation between cells, wells and plates.</summary>
    public VariationParameters Variation { get; init; } = new();

    /// <summary>The microscope of all sets but the last: a spinning disk confocal, 40x water objective of NA 0.9.</summary>
    public MicroscopeParameters Microscope { get; init; } = new();

    /// <summary>The other microscope, of Test4: a dry objective of lower aperture, another camera.</summary>
    public MicroscopeParameters OtherMicroscope { get; init; } =
        new()
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

    /// <summary>The five sets: plates, wells, sizes and shifts.</summary>
    public DesignParameters Design { get; init; } = new();
}

namespace Coos.Simulator.Parameters;

/// <summary>The outline of cells and nuclei.</summary>
public sealed record CellParameters
{
    /// <summary>The median radius of a cell, micrometres.</summary>
    public double Radius { get; init; } = 8.4;

    /// <summary>The variation of the radius between cells.</summary>
    public double RadiusSigma { get; init; } = 0.12;

    /// <summary>The median radius of a nucleus, micrometres.</summary>
    public double NucleusRadius { get; init; } = 4.0;

    /// <summary>The variation of the nucleus's radius between cells.</summary>
    public double NucleusRadiusSigma { get; init; } = 0.1;

    /// <summary>The amplitude of the first harmonic of a cell's outline, relative to the radius; the k-th has 2/k of it.</summary>
    public double Roughness { get; init; } = 0.11;

    /// <summary>The same for a nucleus.</summary>
    public double NucleusRoughness { get; init; } = 0.045;

    /// <summary>How far a nucleus lies from the middle of its cell, micrometres, standard deviation along each axis.</summary>
    public double NucleusShift { get; init; } = 0.7;

    /// <summary>How far a crop's centre lies from its cell's nucleus, micrometres, standard deviation along each axis.</summary>
    public double CropShift { get; init; } = 0.45;

    /// <summary>Over which length a cell's edge thins out, micrometres.</summary>
    public double EdgeWidth { get; init; } = 0.9;

    /// <summary>The mean number of neighbouring cells that reach into a crop.</summary>
    public double Neighbours { get; init; } = 1.1;

    /// <summary>The distance of a neighbour's middle, in sums of the two radii: least.</summary>
    public double NeighbourNearest { get; init; } = 0.98;

    /// <summary>The distance of a neighbour's middle, in sums of the two radii: most.</summary>
    public double NeighbourFarthest { get; init; } = 1.35;

    /// <summary>The mean number of chromocentres, the bright spots that DNA dyes show in mouse nuclei.</summary>
    public double Chromocentres { get; init; } = 9;

    /// <summary>The median radius (standard deviation of a Gaussian) of a chromocentre, micrometres.</summary>
    public double ChromocentreRadius { get; init; } = 0.38;

    /// <summary>The brightness of a chromocentre's middle, relative to the nucleus's.</summary>
    public double ChromocentreContrast { get; init; } = 1.1;
}

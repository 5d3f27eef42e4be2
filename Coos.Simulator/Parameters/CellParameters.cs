namespace Coos.Simulator.Parameters;

/// <summary>The outline of cells and nuclei.</summary>
public sealed record CellParameters
{
    /// <summary>The median radius of a cell in micrometres.</summary>
    public double Radius { get; init; } = 8.4;

    /// <summary>The variation of the radius between cells.</summary>
    public double RadiusSigma { get; init; } = 0.12;

    /// <summary>The median radius of a nucleus in micrometres.</summary>
    public double NucleusRadius { get; init; } = 4.0;

    /// <summary>The variation of the radius of the nucleus between cells.</summary>
    public double NucleusRadiusSigma { get; init; } = 0.1;

    /// <summary>The amplitude of the second harmonic of a cell's outline, relative to the radius; the k-th has 2/k of it.</summary>
    public double Roughness { get; init; } = 0.11;

    /// <summary>The amplitude of the second harmonic of a nucleus's outline, relative to the radius.</summary>
    public double NucleusRoughness { get; init; } = 0.045;

    /// <summary>The distance of a nucleus from the centre of its cell in micrometres, standard deviation along each axis.</summary>
    public double NucleusShift { get; init; } = 0.7;

    /// <summary>The distance of a crop's centre from the nucleus in micrometres, standard deviation along each axis.</summary>
    public double CropShift { get; init; } = 0.45;

    /// <summary>The length over which the edge of a cell thins out, in micrometres.</summary>
    public double EdgeWidth { get; init; } = 0.9;

    /// <summary>The mean number of neighbouring cells that reach into a crop.</summary>
    public double Neighbours { get; init; } = 1.1;

    /// <summary>The minimum distance of a neighbour's centre, in cell diameters.</summary>
    public double MinNeighbourDistance { get; init; } = 0.98;

    /// <summary>The maximum distance of a neighbour's centre, in cell diameters.</summary>
    public double MaxNeighbourDistance { get; init; } = 1.35;

    /// <summary>The mean number of chromocentres, the bright spots that DNA dyes show in mouse nuclei.</summary>
    public double Chromocentres { get; init; } = 9;

    /// <summary>The median radius (standard deviation of a Gaussian) of a chromocentre in micrometres.</summary>
    public double ChromocentreRadius { get; init; } = 0.38;

    /// <summary>The brightness of a chromocentre's centre, relative to the nucleus.</summary>
    public double ChromocentreContrast { get; init; } = 1.1;
}

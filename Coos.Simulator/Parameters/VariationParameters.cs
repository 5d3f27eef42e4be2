namespace Coos.Simulator.Parameters;

/// <summary>The brightness, and its variation and that of the focus between cells, wells and plates.</summary>
public sealed record VariationParameters
{
    /// <summary>The median light of the protein in photo-electrons per pixel, averaged over the cell.</summary>
    public double Protein { get; init; } = 46;

    /// <summary>The variation of expression between cells.</summary>
    public double ProteinSigma { get; init; } = 0.5;

    /// <summary>The variation of expression between wells.</summary>
    public double ProteinWellSigma { get; init; } = 0.12;

    /// <summary>The variation of expression between plates.</summary>
    public double ProteinPlateSigma { get; init; } = 0.1;

    /// <summary>The median light of the nuclear dye in photo-electrons per pixel, averaged over the nucleus.</summary>
    public double Nucleus { get; init; } = 90;

    /// <summary>The variation of the dye between cells: DNA content and uptake.</summary>
    public double NucleusSigma { get; init; } = 0.25;

    /// <summary>The variation of the dye between wells.</summary>
    public double NucleusWellSigma { get; init; } = 0.03;

    /// <summary>The variation of the dye between plates.</summary>
    public double NucleusPlateSigma { get; init; } = 0.1;

    /// <summary>The variation of the background between wells.</summary>
    public double BackgroundWellSigma { get; init; } = 0.03;

    /// <summary>The variation of the background between plates.</summary>
    public double BackgroundPlateSigma { get; init; } = 0.1;

    /// <summary>The median blur (standard deviation of a Gaussian) of cells outside the focal plane, in micrometres.</summary>
    public double Defocus { get; init; } = 0.14;

    /// <summary>The variation of that blur between cells.</summary>
    public double DefocusSigma { get; init; } = 0.4;

    /// <summary>The variation of that blur between wells.</summary>
    public double DefocusWellSigma { get; init; } = 0.05;

    /// <summary>The variation of that blur between plates, from the offset of the autofocus.</summary>
    public double DefocusPlateSigma { get; init; } = 0.08;

    /// <summary>The shift of wells at the border of a plate.</summary>
    public ShiftParameters Border { get; init; } =
        new()
        {
            Protein = 0.86,
            Nucleus = 0.95,
            Background = 1.12,
            Defocus = 1.22,
            CellRadius = 0.97,
        };
}

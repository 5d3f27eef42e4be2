namespace Coos.Simulator.Parameters;

/// <summary>The shift of some wells or of a day, as factors; 1 changes nothing.</summary>
public sealed record ShiftParameters
{
    /// <summary>The expression of the protein.</summary>
    public double Protein { get; init; } = 1;

    /// <summary>The light of the nuclear dye.</summary>
    public double Nucleus { get; init; } = 1;

    /// <summary>The background.</summary>
    public double Background { get; init; } = 1;

    /// <summary>The blur from defocus.</summary>
    public double Defocus { get; init; } = 1;

    /// <summary>The size of cells and nuclei, which depends on density, passage number and evaporation.</summary>
    public double CellRadius { get; init; } = 1;

    /// <summary>The share of the protein outside its compartment.</summary>
    public double Mislocalised { get; init; } = 1;

    /// <summary>Combines two shifts.</summary>
    public ShiftParameters With(ShiftParameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ShiftParameters
        {
            Protein = Protein * other.Protein,
            Nucleus = Nucleus * other.Nucleus,
            Background = Background * other.Background,
            Defocus = Defocus * other.Defocus,
            CellRadius = CellRadius * other.CellRadius,
            Mislocalised = Mislocalised * other.Mislocalised,
        };
    }
}

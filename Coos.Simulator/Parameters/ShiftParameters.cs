namespace Coos.Simulator.Parameters;

/// <summary>What is different in some wells or on some day, as factors; 1 changes nothing.</summary>
public sealed record ShiftParameters
{
    /// <summary>Expression of the protein.</summary>
    public double Protein { get; init; } = 1;

    /// <summary>Light of the nuclear dye.</summary>
    public double Nucleus { get; init; } = 1;

    /// <summary>Background.</summary>
    public double Background { get; init; } = 1;

    /// <summary>Blur from being out of focus.</summary>
    public double Defocus { get; init; } = 1;

    /// <summary>Size of cells and nuclei: density, passage number, evaporation.</summary>
    public double CellRadius { get; init; } = 1;

    /// <summary>The part of the protein outside its compartment.</summary>
    public double Mislocalised { get; init; } = 1;

    /// <summary>Both shifts at once.</summary>
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

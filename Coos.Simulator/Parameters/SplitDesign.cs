namespace Coos.Simulator.Parameters;

/// <summary>One set.</summary>
/// <param name="Name">The split's name.</param>
/// <param name="Images">The number of images.</param>
/// <param name="FirstPlate">The number of the first plate.</param>
/// <param name="Plates">The number of plates.</param>
/// <param name="Wells">The wells of these plates that are used.</param>
public sealed record SplitDesign(string Name, int Images, int FirstPlate, int Plates, WellChoice Wells)
{
    /// <summary>The shift of its days.</summary>
    public ShiftParameters Shift { get; init; } = new();

    /// <summary>Whether it is imaged by the other microscope.</summary>
    public bool OtherMicroscope { get; init; }
}

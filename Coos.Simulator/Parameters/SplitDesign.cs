namespace Coos.Simulator.Parameters;

/// <summary>One set.</summary>
/// <param name="Name">The split's name.</param>
/// <param name="Images">Its images.</param>
/// <param name="FirstPlate">The number of its first plate.</param>
/// <param name="Plates">How many plates it takes.</param>
/// <param name="Wells">Which wells of them.</param>
public sealed record SplitDesign(string Name, int Images, int FirstPlate, int Plates, WellChoice Wells)
{
    /// <summary>What is different on its days.</summary>
    public ShiftParameters Shift { get; init; } = new();

    /// <summary>Whether it is imaged by the other microscope.</summary>
    public bool OtherMicroscope { get; init; }
}

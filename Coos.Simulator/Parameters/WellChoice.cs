namespace Coos.Simulator.Parameters;

/// <summary>The wells of a plate that a set uses.</summary>
public enum WellChoice
{
    /// <summary>Wells inside the plate.</summary>
    Inner = 0,

    /// <summary>Wells at the border.</summary>
    Border = 1,

    /// <summary>All wells.</summary>
    All = 2,
}

namespace Coos.Simulator.Parameters;

/// <summary>Which wells of a plate a set takes.</summary>
public enum WellChoice
{
    /// <summary>Those that are not at the border.</summary>
    Inner = 0,

    /// <summary>Those at the border.</summary>
    Border = 1,

    /// <summary>Both.</summary>
    All = 2,
}

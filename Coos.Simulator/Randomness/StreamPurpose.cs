namespace Coos.Simulator.Randomness;

/// <summary>The first part of every stream's key. The values must never change, since every image depends on them.</summary>
internal static class StreamPurpose
{
    /// <summary>The class of each well.</summary>
    public const ulong PlateLayout = 1;

    /// <summary>The conditions of a plate.</summary>
    public const ulong Plate = 2;

    /// <summary>The conditions of a well.</summary>
    public const ulong Well = 3;

    /// <summary>The number of cells per well of a set, and their order.</summary>
    public const ulong Split = 4;

    /// <summary>The outlines, nuclei, brightness and noise of an image, with the same distribution in all classes.</summary>
    public const ulong Cell = 5;

    /// <summary>The structure of the compartment in an image.</summary>
    public const ulong Structure = 6;
}

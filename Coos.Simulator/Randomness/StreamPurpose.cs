namespace Coos.Simulator.Randomness;

/// <summary>The first part of every stream's key: what its numbers are for. Never renumbered, or every image changes.</summary>
internal static class StreamPurpose
{
    /// <summary>Which class grows in which well.</summary>
    public const ulong PlateLayout = 1;

    /// <summary>What all images of a plate share.</summary>
    public const ulong Plate = 2;

    /// <summary>What all images of a well share.</summary>
    public const ulong Well = 3;

    /// <summary>How many cells of a set come from which well, and their order.</summary>
    public const ulong Split = 4;

    /// <summary>Outlines, nuclei, brightness and noise of an image: equally distributed in all classes.</summary>
    public const ulong Cell = 5;

    /// <summary>The compartment's structure in an image.</summary>
    public const ulong Structure = 6;
}

namespace Coos.Shared.Datasets;

/// <summary>The names of COOS-7's files and folders.</summary>
public static class CoosLayout
{
    /// <summary>The name of the training split.</summary>
    public const string Training = "training";

    private const string TrainingFolder = "train";

    /// <summary>The channels in order; TIFF files end in <c>_protein.tif</c> and <c>_nucleus.tif</c>.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["protein", "nucleus"];

    /// <summary>The accepted names of the vector of plates.</summary>
    public static IReadOnlyList<string> PlateVectors { get; } = ["plates", "plate"];

    /// <summary>The accepted names of the vector of wells.</summary>
    public static IReadOnlyList<string> WellVectors { get; } = ["wells", "well"];

    /// <summary>The name of the folder that a split is unpacked to: <c>train</c> for training, otherwise the split's name.</summary>
    public static string FolderOf(string split) => split == Training ? TrainingFolder : split;

    /// <summary>The split in an unpacked folder of this name.</summary>
    public static string SplitOfFolder(string folder) => folder == TrainingFolder ? Training : folder;

    /// <summary>The split in a file named <c>*_SPLIT.hdf5</c> (or .h5).</summary>
    /// <returns>The last part of the name, lower-case; null if the name does not contain it.</returns>
    public static string? SplitOfFile(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var underscore = name.LastIndexOf('_');
        return underscore >= 0 && underscore < name.Length - 1 ? SplitOfFolder(name[(underscore + 1)..].ToLowerInvariant()) : null;
    }

    /// <summary>
    /// Whether a file name has an HDF5 extension. Names with a leading dot are metadata, such as macOS's <c>._x_test1.hdf5</c>.
    /// </summary>
    public static bool IsHdf5(string path) =>
        !Path.GetFileName(path).StartsWith('.')
        && Path.GetExtension(path) is var extension
        && (extension.Equals(".hdf5", StringComparison.OrdinalIgnoreCase) || extension.Equals(".h5", StringComparison.OrdinalIgnoreCase));
}

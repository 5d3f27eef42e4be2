using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>Checks a file to be written before all computing, so that an hour of training does not end at a missing folder.</summary>
internal static class SavePath
{
    /// <summary>Creates the folder of the file.</summary>
    /// <param name="path">The file; null if nothing is saved.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="DatasetException">The file cannot be created there.</exception>
    public static void Prepare(string? path, string option = "--save")
    {
        if (path is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, null, $"the model cannot be saved there: {fault.Message}", fault);
        }

        if (Directory.Exists(path))
        {
            throw new DatasetException(path, null, null, $"the model cannot be saved there: it is a folder; {option} needs a file");
        }
    }
}

using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>The file that --save names. It is looked at before anything is trained: a search of an hour must not end in a folder that is not there.</summary>
internal static class SavePlace
{
    /// <summary>Makes the folder of the file.</summary>
    /// <param name="path">The file; null where nothing is kept.</param>
    /// <exception cref="DatasetException">No file can be there.</exception>
    public static void Prepare(string? path)
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
            throw new DatasetException(path, null, null, $"the model cannot be kept there: {fault.Message}", fault);
        }

        if (Directory.Exists(path))
        {
            throw new DatasetException(path, null, null, "the model cannot be kept there: it is a folder; --save names a file");
        }
    }
}

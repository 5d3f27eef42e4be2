namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Turns exceptions of the HDF5 library into a <see cref="DatasetException"/>.</summary>
internal static class Hdf5Errors
{
    /// <summary>Runs a read and translates its exceptions.</summary>
    /// <exception cref="DatasetException">The read failed.</exception>
    public static T Translate<T>(string file, string? dataset, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (DatasetException or OperationCanceledException))
        {
            // The library throws plain exceptions on damage. On a garbled header it throws anything from overflow to null
            // reference, or asks for more memory than there is.
            throw new DatasetException(file, dataset, null, Explain(fault), fault);
        }
    }

    private static string Explain(Exception fault) =>
        fault switch
        {
            IOException or UnauthorizedAccessException => fault.Message,
            OutOfMemoryException => "the file is damaged, or larger than this machine's memory",
            { Message: var text } when text.Contains("too small", StringComparison.Ordinal) => "the file is truncated",
            { Message: var text } when text.Contains("not a valid HDF", StringComparison.Ordinal) => "this is not an HDF5 file",
            _ => $"the file is damaged: {fault.Message}",
        };
}

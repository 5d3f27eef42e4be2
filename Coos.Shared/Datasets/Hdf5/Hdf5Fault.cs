namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Turns whatever the HDF5 library throws on a damaged file into a <see cref="DatasetException"/>.</summary>
internal static class Hdf5Fault
{
    /// <summary>Runs some reading.</summary>
    public static T Catch<T>(string file, string? dataset, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (DatasetException or OperationCanceledException))
        {
            // The library throws plain exceptions for damage, and on a garbled header anything from overflow to null reference,
            // or it asks for more memory than there is.
            throw new DatasetException(file, dataset, null, Explain(fault), fault);
        }
    }

    private static string Explain(Exception fault) => fault switch
    {
        IOException or UnauthorizedAccessException => fault.Message,
        OutOfMemoryException => "the file is damaged, or larger than this machine's memory",
        { Message: var text } when text.Contains("Byte order", StringComparison.Ordinal) =>
            "its samples are big-endian, which the HDF5 library cannot convert; write it again as little-endian",
        { Message: var text } when text.StartsWith("Could not find filter", StringComparison.Ordinal) =>
            $"it is compressed by a filter that is not read here ({text.Split('\'').ElementAtOrDefault(1)}); write it again with gzip (deflate), with or without shuffle, or uncompressed",
        { Message: var text } when text.Contains("too small", StringComparison.Ordinal) => "the file is truncated",
        { Message: var text } when text.Contains("not a valid HDF", StringComparison.Ordinal) => "this is no HDF5 file",
        _ => $"the file is damaged: {fault.Message}",
    };
}

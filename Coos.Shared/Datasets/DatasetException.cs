using System.Globalization;

namespace Coos.Shared.Datasets;

/// <summary>A dataset cannot be read or written. The message is one line that names the file, the dataset and the index.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public DatasetException() { }

    /// <summary>Creates an exception with a message.</summary>
    public DatasetException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates an exception about a location in a file.</summary>
    /// <param name="file">The file or folder.</param>
    /// <param name="dataset">The dataset in an HDF5 file; null for the whole file.</param>
    /// <param name="index">The 0-based index of the image; null if the problem is not about a single image.</param>
    /// <param name="problem">What is wrong and what is expected.</param>
    /// <param name="cause">The exception of the underlying library.</param>
    public DatasetException(string file, string? dataset, long? index, string problem, Exception? cause = null)
        : base(Describe(file, dataset, index, problem), cause)
    {
        File = file;
        Dataset = dataset;
        Index = index;
        Problem = problem;
    }

    /// <summary>The file or folder.</summary>
    public string File { get; } = "";

    /// <summary>The dataset in an HDF5 file.</summary>
    public string? Dataset { get; }

    /// <summary>The 0-based index of the image.</summary>
    public long? Index { get; }

    /// <summary>What is wrong, without the location.</summary>
    public string Problem { get; } = "";

    private static string Describe(string file, string? dataset, long? index, string problem)
    {
        var location = (dataset, index) switch
        {
            (null, null) => "",
            (null, { } i) => string.Create(CultureInfo.InvariantCulture, $" image {i}:"),
            ({ } name, null) => $" dataset {name}:",
            ({ } name, { } i) => string.Create(CultureInfo.InvariantCulture, $" dataset {name}: image {i}:"),
        };

        // Libraries put line breaks into their messages; a problem must stay on one line.
        return $"{file}:{location} {problem}".ReplaceLineEndings(" ");
    }
}

using Coos.Shared.Packing;

namespace Coos.Shared.Predictions;

/// <summary>The formats of prediction files.</summary>
public enum PredictionFormat
{
    /// <summary>Delimited text, or a file that is none of the others.</summary>
    Text = 0,

    /// <summary>One NumPy array, <c>.npy</c>.</summary>
    Array = 1,

    /// <summary>Named NumPy arrays in a zip, <c>.npz</c>.</summary>
    ArrayArchive = 2,

    /// <summary>Columns in row groups, <c>.parquet</c>.</summary>
    Parquet = 3,
}

/// <summary>Recognises the format of a prediction file by its first bytes.</summary>
public static class PredictionFormats
{
    /// <summary>The number of bytes that are looked at.</summary>
    public const int Length = 6;

    /// <summary>Recognises the format of a stream.</summary>
    /// <param name="content">The stream, which is closed with the one that is returned.</param>
    /// <param name="format">The format.</param>
    /// <returns>A stream that starts where the given one did.</returns>
    public static Stream Open(Stream content, out PredictionFormat format)
    {
        ArgumentNullException.ThrowIfNull(content);
        var opened = PeekedStream.Open(content, Length, out var start, leaveOpen: false);
        format = Detect(start);
        return opened;
    }

    /// <summary>The extension of files of a format, with its dot.</summary>
    public static string Extension(PredictionFormat format) =>
        format switch
        {
            PredictionFormat.Array => ".npy",
            PredictionFormat.ArrayArchive => ".npz",
            PredictionFormat.Parquet => ".parquet",
            _ => ".csv",
        };

    /// <summary>The media type of files of a format.</summary>
    public static string MediaType(PredictionFormat format) =>
        format switch
        {
            PredictionFormat.Parquet => "application/vnd.apache.parquet",
            PredictionFormat.Array or PredictionFormat.ArrayArchive => "application/octet-stream",
            _ => "text/csv; charset=utf-8",
        };

    /// <summary>Recognises a format.</summary>
    /// <param name="start">The first bytes of the file, up to <see cref="Length"/>; fewer for a shorter file.</param>
    public static PredictionFormat Detect(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => PredictionFormat.Array,
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => PredictionFormat.ArrayArchive,
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => PredictionFormat.Parquet,
            _ => PredictionFormat.Text,
        };
}

namespace Coos.Shared.Predictions;

/// <summary>The formats of prediction files.</summary>
internal enum PredictionFormat
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
internal static class PredictionFormats
{
    /// <summary>The number of bytes that are looked at.</summary>
    public const int Length = 6;

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

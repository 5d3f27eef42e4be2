using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Reads TIFF files of one page and one sample per pixel.</summary>
internal static class TiffPage
{
    static TiffPage() => TiffErrorLog.Install();

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="DatasetException">It is not a TIFF file in a supported format.</exception>
    public static TiffFormat ReadFormat(string file)
    {
        try
        {
            using var tiff = Open(file);
            return ReadFormat(tiff, file);
        }
        catch (Exception fault) when (fault is not DatasetException)
        {
            throw Explain(file, fault);
        }
    }

    /// <summary>Reads the samples of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The format of the set's other files.</param>
    /// <param name="target">Receives the samples by row and column.</param>
    /// <exception cref="DatasetException">The file is damaged, or its format differs.</exception>
    public static void Read(string file, TiffFormat expected, Span<float> target)
    {
        try
        {
            ReadRows(file, expected, target);
        }
        catch (Exception fault) when (fault is not DatasetException)
        {
            throw Explain(file, fault);
        }
    }

    private static void ReadRows(string file, TiffFormat expected, Span<float> target)
    {
        using var tiff = Open(file);
        var format = ReadFormat(tiff, file);
        if (format != expected)
        {
            throw new DatasetException(file, null, null, $"the image is {format}, but the others in its folder are {expected}");
        }

        var rowBytes = format.Width * format.Bits / 8;
        var row = new byte[Math.Max(rowBytes, tiff.ScanlineSize())];
        for (var y = 0; y < format.Height; y++)
        {
            if (!tiff.ReadScanline(row, y))
            {
                throw new DatasetException(file, null, null, $"row {y} cannot be read: {TiffErrorLog.TakeLast()}");
            }

            Convert(row.AsSpan(0, rowBytes), format, target.Slice(y * format.Width, format.Width));
        }
    }

    private static LibTiff Open(string file)
    {
        // Read into memory, so that a file is read in one call and never left open.
        var content = new MemoryStream(File.ReadAllBytes(file), writable: false);
        return LibTiff.ClientOpen(file, "r", content, new TiffStream())
            ?? throw new DatasetException(file, null, null, $"this is not a TIFF file, or it is truncated: {TiffErrorLog.TakeLast()}");
    }

    /// <summary>
    /// On a garbled directory the library runs into array bounds, seeks beyond the end, or asks for more memory than there is.
    /// </summary>
    private static DatasetException Explain(string file, Exception fault) =>
        new(
            file,
            null,
            null,
            fault is IOException or UnauthorizedAccessException ? fault.Message : $"the file is damaged: {fault.Message}",
            fault
        );

    private static TiffFormat ReadFormat(LibTiff tiff, string file)
    {
        var width = Field(tiff, TiffTag.IMAGEWIDTH);
        var height = Field(tiff, TiffTag.IMAGELENGTH);
        var samples = Field(tiff, TiffTag.SAMPLESPERPIXEL);
        var format = new TiffFormat(height, width, Field(tiff, TiffTag.BITSPERSAMPLE), (SampleFormat)Field(tiff, TiffTag.SAMPLEFORMAT));
        var hasSize = width > 0 && height > 0 && (long)width * height <= ImageShape.MaxSamplesPerImage;
        if (!hasSize || tiff.IsTiled() || samples != 1 || !format.IsSupported)
        {
            throw new DatasetException(
                file,
                null,
                null,
                $"{format} with {samples} samples per pixel cannot be read; "
                    + "expected one sample of 8 or 16 bit integers or 32 bit floats, in strips"
            );
        }

        return tiff.NumberOfDirectories() == 1
            ? format
            : throw new DatasetException(file, null, null, $"the file has {tiff.NumberOfDirectories()} pages; expected one");
    }

    private static int Field(LibTiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : 0;

    private static void Convert(ReadOnlySpan<byte> row, TiffFormat format, Span<float> target)
    {
        switch (format.Kind, format.Bits)
        {
            case (SampleFormat.IEEEFP, _):
                MemoryMarshal.Cast<byte, float>(row).CopyTo(target);
                break;
            case (SampleFormat.INT, 8):
                Widen(MemoryMarshal.Cast<byte, sbyte>(row), target);
                break;
            case (SampleFormat.INT, _):
                Widen(MemoryMarshal.Cast<byte, short>(row), target);
                break;
            case (_, 8):
                Widen(row, target);
                break;
            default:
                Widen(MemoryMarshal.Cast<byte, ushort>(row), target);
                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> row, Span<float> target)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (var i = 0; i < row.Length; i++)
        {
            target[i] = float.CreateTruncating(row[i]);
        }
    }
}

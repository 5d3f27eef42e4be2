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
            return TiffHeader.Read(tiff, file);
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
            using var tiff = Open(file);
            var format = TiffHeader.Read(tiff, file);
            if (format != expected)
            {
                throw new DatasetException(
                    file,
                    null,
                    null,
                    $"the image is {format}, but the others in its folder are {expected}; all images of a split need one size and type"
                );
            }

            if (tiff.IsTiled())
            {
                ReadTiles(tiff, file, format, target);
            }
            else
            {
                ReadRows(tiff, file, format, target);
            }
        }
        catch (Exception fault) when (fault is not DatasetException)
        {
            throw Explain(file, fault);
        }
    }

    private static void ReadRows(LibTiff tiff, string file, TiffFormat format, Span<float> target)
    {
        var row = new byte[Math.Max(format.RowBytes(format.Width), tiff.ScanlineSize())];
        for (var y = 0; y < format.Height; y++)
        {
            if (!tiff.ReadScanline(row, y))
            {
                throw Unreadable(file, $"row {y}");
            }

            TiffSamples.Convert(row, format, target.Slice(y * format.Width, format.Width));
        }
    }

    private static void ReadTiles(LibTiff tiff, string file, TiffFormat format, Span<float> target)
    {
        var (width, height) = (TiffHeader.Field(tiff, TiffTag.TILEWIDTH), TiffHeader.Field(tiff, TiffTag.TILELENGTH));
        var rowBytes = format.RowBytes(width);
        if (width <= 0 || height <= 0 || (long)rowBytes * height > ImageShape.MaxSamplesPerImage)
        {
            throw new DatasetException(file, null, null, $"the file is damaged: its tiles are {width}x{height}");
        }

        var tile = new byte[Math.Max(rowBytes * height, tiff.TileSize())];
        for (var top = 0; top < format.Height; top += height)
        {
            for (var left = 0; left < format.Width; left += width)
            {
                // A negative number of bytes means failure; the error log has the reason.
                if (tiff.ReadEncodedTile(tiff.ComputeTile(left, top, 0, 0), tile, 0, tile.Length) < 0)
                {
                    throw Unreadable(file, $"the tile at row {top}, column {left}");
                }

                var columns = Math.Min(width, format.Width - left);
                for (var y = 0; y < Math.Min(height, format.Height - top); y++)
                {
                    TiffSamples.Convert(
                        tile.AsSpan(y * rowBytes, rowBytes),
                        format,
                        target.Slice(((top + y) * format.Width) + left, columns)
                    );
                }
            }
        }
    }

    private static LibTiff Open(string file)
    {
        // Read into memory, so that a file is read in one call and never left open.
        var bytes = File.ReadAllBytes(file);
        TiffStart.Require(file, bytes);
        return LibTiff.ClientOpen(file, "r", new MemoryStream(bytes, writable: false), new TiffStream())
            ?? throw new DatasetException(file, null, null, $"the file is truncated or damaged: {TiffErrorLog.TakeLast(file)}");
    }

    private static DatasetException Unreadable(string file, string part)
    {
        var reason = TiffErrorLog.TakeLast(file);
        var isShort =
            reason.Contains("Read error", StringComparison.Ordinal) || reason.Contains("Not enough data", StringComparison.Ordinal);
        return new DatasetException(
            file,
            null,
            null,
            $"{(isShort ? "the file is truncated; copy or download it again: " : "")}{part} cannot be read: {reason}"
        );
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
}

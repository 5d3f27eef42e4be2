using Coos.Shared.Packing;
using Parquet;

namespace Coos.Shared.Predictions.Columns;

/// <summary>An open Parquet file.</summary>
/// <param name="Reader">Reads it.</param>
/// <param name="Content">Its bytes, as the reader sees them.</param>
internal sealed record OpenParquet(ParquetReader Reader, BoundedStream Content);

/// <summary>Opens Parquet files, and reports those that are damaged.</summary>
internal static class ParquetContent
{
    /// <summary>Opens a file and reads it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="content">The file.</param>
    /// <param name="target">Limits the number of bytes, and names the file in problems.</param>
    /// <param name="problems">Receives the problem of a file that is damaged or too large.</param>
    /// <param name="read">Reads the file.</param>
    /// <returns>What was read; null if there is a problem.</returns>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static T? Open<T>(PeekedContent content, PredictionTarget target, ProblemList problems, Func<OpenParquet, Task<T?>> read)
        where T : class
    {
        if (content.Seek(target.MaximumBytes) is not { } seekable)
        {
            problems.Add(target.File, null, null, ProblemCode.TooLarge, $"{PredictionReader.TooLarge(target)}");
            return null;
        }

        try
        {
            ParquetPages.CheckFooter(seekable, target.MaximumBytes);
            return OpenAsync(seekable, read).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (UnpackLimitException or OperationCanceledException))
        {
            // The library does not document what it throws for a damaged file, and a file is no reason to stop.
            problems.Add(
                target.File,
                null,
                null,
                ProblemCode.BadEncoding,
                $"the file starts like a Parquet file but cannot be read; it is damaged, was cut short, or is encrypted: write it again"
            );
            return null;
        }
    }

    private static async Task<T?> OpenAsync<T>(Stream content, Func<OpenParquet, Task<T?>> read)
        where T : class
    {
        await using var bounded = new BoundedStream(content);
        var reader = await ParquetReader.CreateAsync(bounded, leaveStreamOpen: true);
        await using (reader)
        {
            return await read(new OpenParquet(reader, bounded));
        }
    }
}

using System.Reflection;
using Coos.Shared.Datasets;
using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Coos.Simulator.Output;

/// <summary>Writes simulated sets as HDF5 files of the COOS layout: data, labels, plates, wells.</summary>
public static class SimulatedFile
{
    private const int ImagesPerChunk = 16;
    private const int ImagesPerBlock = 16 * ImagesPerChunk;

    static SimulatedFile() => PortableDeflate.Register();

    /// <summary>The file name of a set, in the pattern of COOS-7.</summary>
    public static string FileName(string split) => $"COOS-SIM_v1.0_{split}.hdf5";

    /// <summary>Writes a set atomically. The next images are drawn while the last ones are compressed.</summary>
    /// <param name="split">The set.</param>
    /// <param name="path">The file.</param>
    /// <param name="threads">The maximum number of drawing threads; 0 for one per core.</param>
    /// <param name="progress">Receives the number of images done since the last report.</param>
    /// <param name="cancellation">Cancels between two blocks of images.</param>
    /// <exception cref="DatasetException">The file cannot be written.</exception>
    public static void Write(
        SimulatedSplit split,
        string path,
        int threads = 0,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(split);
        AtomicFile.Write(
            path,
            part =>
            {
                try
                {
                    WriteTo(split, part, threads, progress, cancellation);
                }
                catch (TargetInvocationException fault) when (fault.InnerException is IOException full)
                {
                    // The library encodes by reflection, which wraps the exception of a full disk.
                    throw new IOException(full.Message, full);
                }
            }
        );
    }

    private static void WriteTo(SimulatedSplit split, string path, int threads, IProgress<int>? progress, CancellationToken cancellation)
    {
        var side = (uint)Math.Sqrt(split.SamplesPerImage / 2);
        var data = new H5Dataset<ushort[]>(
            fileDims: [(ulong)split.Count, 2, side, side],
            chunks: [(uint)Math.Min(ImagesPerChunk, split.Count), 2, side, side],
            datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id])
        );
        var file = new H5File
        {
            ["data"] = data,
            ["labels"] = split.Labels.ToArray(),
            ["plates"] = split.Plates.ToArray(),
            ["wells"] = split.Wells.ToArray(),
        };
        using var writer = file.BeginWrite(path);
        var writing = Task.CompletedTask;
        for (var first = 0; first < split.Count; first += ImagesPerBlock)
        {
            if (cancellation.IsCancellationRequested)
            {
                // The file must not be closed while it is written to.
                writing.GetAwaiter().GetResult();
                cancellation.ThrowIfCancellationRequested();
            }

            var start = first;
            var count = Math.Min(ImagesPerBlock, split.Count - first);
            var images = split.Render(first, count, threads);
            writing.GetAwaiter().GetResult();
            var selection = new HyperslabSelection(4, [(ulong)start, 0, 0, 0], [(ulong)count, 2, side, side]);
            writing = Task.Run(() => writer.Write(data, images, fileSelection: selection), cancellation);
            progress?.Report(count);
        }

        writing.GetAwaiter().GetResult();
    }
}

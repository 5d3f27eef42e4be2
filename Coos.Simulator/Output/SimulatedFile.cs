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

    /// <summary>The name of a set's file, as COOS-7's are named.</summary>
    public static string NameOf(string split) => $"COOS-SIM_v1.0_{split}.hdf5";

    /// <summary>Writes a set, whole or not at all; the next images are drawn while the last ones are compressed.</summary>
    /// <param name="split">The set.</param>
    /// <param name="path">The file.</param>
    /// <param name="threads">At most so many threads draw; 0 for one a core.</param>
    /// <param name="progress">Told the number of images done since it was last told.</param>
    /// <param name="cancellation">Stops between two blocks of images.</param>
    /// <exception cref="DatasetException">The file cannot be written.</exception>
    public static void Write(
        SimulatedSplit split, string path, int threads = 0, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(split);
        AtomicFile.Write(path, part =>
        {
            try
            {
                WriteTo(split, part, threads, progress, cancellation);
            }
            catch (TargetInvocationException fault) when (fault.InnerException is IOException full)
            {
                // The library encodes by reflection, which wraps what a full disk throws.
                throw new IOException(full.Message, full);
            }
        });
    }

    private static void WriteTo(SimulatedSplit split, string path, int threads, IProgress<int>? progress, CancellationToken cancellation)
    {
        var side = (uint)Math.Sqrt(split.SamplesPerImage / 2);
        var data = new H5Dataset<ushort[]>(
            fileDims: [(ulong)split.Count, 2, side, side],
            chunks: [(uint)Math.Min(ImagesPerChunk, split.Count), 2, side, side],
            datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id]));
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
                // The file is not closed under the hands of who writes to it.
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

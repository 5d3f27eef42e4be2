using System.Runtime.CompilerServices;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>One filter of a dataset: a step that its chunks went through when they were written.</summary>
/// <param name="Id">The registered number.</param>
/// <param name="IsOptional">Whether a chunk may be stored without it.</param>
/// <param name="Parameters">The filter's parameters.</param>
internal sealed record Hdf5FilterStep(ushort Id, bool IsOptional, uint[] Parameters);

/// <summary>The filters that are read, and the names of those that are not.</summary>
internal static class Hdf5Filters
{
    private static readonly Dictionary<ushort, IH5Filter> Readable = new IH5Filter[]
    {
        new DeflateFilter(),
        new ShuffleFilter(),
        new Fletcher32Filter(),
        new ScaleOffsetFilter(),
        new LzfFilter(),
    }.ToDictionary(filter => filter.FilterId);

    /// <summary>Names of the filters that the HDF Group has registered (hdf5_plugins, docs/RegisteredFilterPlugins.md).</summary>
    private static readonly Dictionary<ushort, string> Names = new()
    {
        [1] = "deflate (gzip)",
        [2] = "shuffle",
        [3] = "Fletcher-32",
        [4] = "szip",
        [5] = "n-bit",
        [6] = "scale-offset",
        [305] = "LZO",
        [307] = "bzip2",
        [32000] = "lzf",
        [32001] = "Blosc",
        [32003] = "Snappy",
        [32004] = "LZ4",
        [32008] = "bitshuffle",
        [32012] = "JPEG-XR",
        [32013] = "ZFP",
        [32015] = "Zstandard",
        [32017] = "SZ",
        [32018] = "FCIDECOMP",
        [32019] = "JPEG",
        [32024] = "SZ3",
        [32026] = "Blosc2",
    };

    /// <summary>Registers the filters that the library does not bring.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "Registers with the library once, before any file is opened."
    )]
    internal static void Register() => H5Filter.Register(new LzfFilter());

    /// <summary>The filters of a dataset, in the order of writing.</summary>
    public static Hdf5FilterStep[] Of(NativeDataset dataset) =>
        Hdf5Internals.Get(dataset, "InternalFilterPipeline") is not { } pipeline
            ? []
            :
            [
                .. Hdf5Internals
                    .List(pipeline, "FilterDescriptions")
                    .Select(step => new Hdf5FilterStep(
                        (ushort)Hdf5Internals.Number(step, "Identifier"),
                        (Hdf5Internals.Number(step, "Flags") & 1) != 0,
                        (uint[])Hdf5Internals.Get(step, "ClientData")!
                    )),
            ];

    /// <summary>Whether a filter is read.</summary>
    public static bool IsReadable(Hdf5FilterStep step) => Readable.ContainsKey(step.Id);

    /// <summary>Undoes the filters of one chunk.</summary>
    /// <param name="steps">The filters in the order of writing.</param>
    /// <param name="mask">Bit i is set if the chunk was stored without filter i.</param>
    /// <param name="chunkBytes">The size of the decoded chunk in bytes.</param>
    /// <param name="stored">The stored bytes.</param>
    public static Memory<byte> Undo(Hdf5FilterStep[] steps, uint mask, int chunkBytes, Memory<byte> stored)
    {
        var bytes = stored;
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) == 0)
            {
                bytes = Readable[steps[i].Id].Filter(new FilterInfo(H5FilterFlags.Decompress, steps[i].Parameters, chunkBytes, bytes));
            }
        }

        return bytes;
    }

    /// <summary>Says that a filter is not read, and what to do.</summary>
    public static string Refusal(Hdf5FilterStep step)
    {
        var name = Names.TryGetValue(step.Id, out var known) ? known : "a filter without a registered name";
        return $"it is compressed by a filter that is not supported: {name} (filter {step.Id}); "
            + "write it again with gzip (deflate), with or without shuffle, or uncompressed, such as by h5repack -f GZIP=4";
    }
}

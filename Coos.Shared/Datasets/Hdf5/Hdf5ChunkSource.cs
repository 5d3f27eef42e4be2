using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// The chunks of a dataset. The library reads the whole index of chunks again for each read, which takes 35 ms for 5,000 chunks, so they
/// are found and decoded here. A chunk may be stored without some of the filters (its mask says which), as when compression did not make
/// it smaller; the library takes each mask for that of the next filter.
/// </summary>
internal sealed class Hdf5ChunkSource
{
    private readonly string _path;
    private readonly long _base;
    private readonly Hdf5FilterStep[] _steps;
    private readonly object _reader;
    private readonly MethodInfo _find;
    private readonly Lock _lock = new();
    private readonly int _chunkBytes;
    private readonly bool _isUnwritten;

    private Hdf5ChunkSource(string path, long baseAddress, NativeDataset dataset, Hdf5FilterStep[] steps)
    {
        (_path, _base, _steps) = (path, baseAddress, steps);
        _reader = Hdf5Internals.CreateReader(dataset, "H5D_Chunk");
        _find = _reader.GetType().GetMethod("GetReadChunkInfo", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _isUnwritten = (bool)Hdf5Internals.Get(_reader, "_readingChunkIndexAddressIsUndefined")!;
        _chunkBytes = (int)Hdf5Internals.Number(_reader, "ChunkByteSize");
    }

    /// <summary>Finds the chunks of a dataset.</summary>
    /// <param name="path">The file.</param>
    /// <param name="baseAddress">The position that addresses count from.</param>
    /// <param name="dataset">The dataset.</param>
    /// <returns>Null if the dataset has no chunks.</returns>
    /// <exception cref="DatasetException">Every chunk went through a filter that is not read.</exception>
    public static Hdf5ChunkSource? Find(string path, long baseAddress, NativeDataset dataset)
    {
        var steps = Hdf5Filters.Of(dataset);
        return steps.FirstOrDefault(step => !step.IsOptional && !Hdf5Filters.IsReadable(step)) is { } unread
                ? throw new DatasetException(path, dataset.Name, null, Hdf5Filters.Refusal(unread))
            : dataset.Layout.Class != PureHDF.H5DataLayoutClass.Chunked ? null
            : new Hdf5ChunkSource(path, baseAddress, dataset, steps);
    }

    /// <summary>Wraps a cache of decoded chunks.</summary>
    public IReadingChunkCache Wrap(IReadingChunkCache cache) => new Cache(this, cache);

    private Memory<byte> Read(ulong index, Func<Memory<byte>> read)
    {
        var (address, size, mask) = _isUnwritten ? (ulong.MaxValue, 0, 0) : Locate(index);
        if (address == ulong.MaxValue)
        {
            return read();
        }

        for (var i = 0; i < _steps.Length; i++)
        {
            if ((mask >> i & 1) == 0 && !Hdf5Filters.IsReadable(_steps[i]))
            {
                throw new DatasetException(_path, null, null, Hdf5Filters.Refusal(_steps[i]));
            }
        }

        using var file = File.OpenHandle(_path);
        if (size > int.MaxValue || (ulong)RandomAccess.GetLength(file) < (ulong)_base + address + size)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"chunk {index} lies outside the file"));
        }

        // Chunks are large objects, so that many of them would fill the memory before it is collected.
        var rented = ArrayPool<byte>.Shared.Rent((int)size);
        try
        {
            var stored = rented.AsMemory(0, (int)size);
            _ = RandomAccess.Read(file, stored.Span, _base + (long)address);
            var chunk = Hdf5Filters.Undo(_steps, mask, _chunkBytes, stored);
            return chunk.Length != _chunkBytes
                    ? throw new InvalidDataException(
                        string.Create(CultureInfo.InvariantCulture, $"chunk {index} has {chunk.Length} of {_chunkBytes} bytes")
                    )
                : MemoryMarshal.TryGetArray<byte>(chunk, out var array) && array.Array == rented ? chunk.ToArray()
                : chunk;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private (ulong Address, ulong Size, uint Mask) Locate(ulong index)
    {
        try
        {
            // The library's index keeps its place in the file while it searches.
            lock (_lock)
            {
                var found = _find.Invoke(_reader, [index])!;
                return (
                    Hdf5Internals.Number(found, "Address"),
                    Hdf5Internals.Number(found, "Size"),
                    (uint)Hdf5Internals.Number(found, "FilterMask")
                );
            }
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private sealed class Cache(Hdf5ChunkSource source, IReadingChunkCache inner) : IReadingChunkCache
    {
        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader) =>
            inner.GetChunk(chunkIndex, () => source.Read(chunkIndex, chunkReader));
    }
}

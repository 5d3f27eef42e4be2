using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>An HDF5 file in the COOS layout: <c>data</c> (N, C, H, W) and vectors of N entries.</summary>
internal sealed class Hdf5ImageSet : ImageSet
{
    /// <summary>The name of the dataset of images.</summary>
    public const string DataName = "data";

    /// <summary>The size of the decoded samples of one read, in bytes.</summary>
    private const int BytesPerBlock = 1 << 20;

    private readonly NativeFile _file;
    private readonly NativeDataset _data;
    private readonly Hdf5SampleReader _samples;
    private readonly Dictionary<string, Hdf5Vector> _vectors;
    private readonly Hdf5Chunks _chunks;

    public Hdf5ImageSet(string path)
        : base(path)
    {
        var start = Hdf5Errors.Translate(path, null, () => Hdf5Superblock.Require(path));
        _file = Hdf5Errors.Translate(path, null, () => H5File.OpenRead(path));
        try
        {
            (_data, _samples, Shape) = Hdf5Errors.Translate(path, DataName, OpenData);
            _vectors = Hdf5Errors.Translate(path, null, () => FindVectors(start));
            _chunks = Hdf5Errors.Translate(
                path,
                DataName,
                () => new Hdf5Chunks(_data, Shape, _samples.Size, BytesPerBlock, Hdf5ChunkSource.Find(path, start, _data))
            );
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        VectorNames = [.. _vectors.Keys.Order(StringComparer.Ordinal)];
    }

    public override ImageShape Shape { get; }

    public override string SampleType => _samples.TypeName;

    public override string Storage => "HDF5, " + _chunks.Description;

    public override IReadOnlyList<string> ChannelNames =>
        Shape.Channels == CoosLayout.Channels.Count ? CoosLayout.Channels : [.. Enumerable.Repeat("", Shape.Channels)];

    public override int BlockSize => _chunks.BlockSize;

    public override IReadOnlyList<string> VectorNames { get; }

    public override string[] ReadVector(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_vectors.TryGetValue(name, out var vector))
        {
            var names = VectorNames.Count == 0 ? "none" : string.Join(", ", VectorNames);
            throw new DatasetException(Source, name, null, $"no such vector; the file has {names}");
        }

        return vector.Length == (ulong)Shape.Count
            ? Hdf5Errors.Translate(Source, name, vector.ReadText)
            : throw new DatasetException(Source, name, null, $"it has {vector.Length} entries, but {DataName} has {Shape.Count} images");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }
    }

    protected override void ReadSamples(int first, int count, float[] samples)
    {
        if (samples.Length == 0)
        {
            return;
        }

        try
        {
            Decode(first, count, samples);
        }
        catch (DatasetException fault) when (count > _chunks.ImagesPerChunk)
        {
            // The library does not say where the damage is: reading chunk by chunk finds the damaged one.
            for (var start = first; start < first + count; start += _chunks.ImagesPerChunk)
            {
                var images = Math.Min(_chunks.ImagesPerChunk, first + count - start);
                Decode(start, images, new float[images * Shape.SamplesPerImage]);
            }

            throw new DatasetException(Source, DataName, first, fault.Problem, fault);
        }

        FiniteSamples.Check(samples, Shape, Source, DataName, first);
    }

    private void Decode(int first, int count, float[] samples)
    {
        var selection = new HyperslabSelection(
            4,
            [(ulong)first, 0, 0, 0],
            [(ulong)count, (ulong)Shape.Channels, (ulong)Shape.Height, (ulong)Shape.Width]
        );
        try
        {
            Hdf5Errors.Translate(
                Source,
                DataName,
                () =>
                {
                    _samples.Read(_data, selection, _chunks.CreateCache(), samples);
                    return 0;
                }
            );
        }
        catch (DatasetException fault)
        {
            throw new DatasetException(
                Source,
                DataName,
                first,
                $"images {first} to {first + count - 1} cannot be read: {fault.Problem}",
                fault
            );
        }
    }

    private (NativeDataset Data, Hdf5SampleReader Samples, ImageShape Shape) OpenData()
    {
        if (!_file.LinkExists(DataName) || _file.Get(DataName) is not NativeDataset data)
        {
            throw new DatasetException(Source, DataName, null, Hdf5Contents.WithoutData(_file));
        }

        var shape = Hdf5Layout.RequireImages(Source, data);
        var samples = Hdf5Layout.RequireSamples(Source, data);
        if (Hdf5Internals.Get(data, "InternalExternalFileList") is not null)
        {
            throw new DatasetException(
                Source,
                DataName,
                null,
                "its samples are in another file (external storage), which is not read; write them into this file, such as by h5repack"
            );
        }

        Hdf5VirtualSources.Require(Source, data);
        return (data, samples, shape);
    }

    private Dictionary<string, Hdf5Vector> FindVectors(long start)
    {
        var datasets = _file.Children().OfType<NativeDataset>().ToArray();
        Hdf5Layout.RequireLabels(Source, datasets, Shape.Count);
        return datasets
            .Where(d => Hdf5Vector.IsVector(d) && d.Name != DataName)
            .ToDictionary(d => d.Name, d => new Hdf5Vector(Source, start, d), StringComparer.Ordinal);
    }
}

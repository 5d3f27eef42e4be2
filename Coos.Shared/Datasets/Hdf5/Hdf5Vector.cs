using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>A dataset with one integer, float, boolean or text per image, of shape (N) or (N, 1).</summary>
/// <param name="file">The path of the file.</param>
/// <param name="baseAddress">The position that addresses in the file count from.</param>
/// <param name="dataset">The dataset.</param>
internal sealed class Hdf5Vector(string file, long baseAddress, NativeDataset dataset)
{
    /// <summary>The number of entries.</summary>
    public ulong Length => dataset.Space.Dimensions[0];

    /// <summary>Whether a dataset is a vector, also as a column.</summary>
    public static bool IsVector(NativeDataset dataset) => dataset.Space.Dimensions is [_] or [_, 1];

    /// <summary>Reads the entries as text.</summary>
    /// <exception cref="DatasetException">They are of another type, or compressed by a filter that is not read.</exception>
    public string[] ReadText()
    {
        if (Hdf5Types.Refusal(dataset) is { } problem)
        {
            throw new DatasetException(file, dataset.Name, null, problem);
        }

        var chunks = Hdf5ChunkSource.Find(file, baseAddress, dataset);
        Hdf5VirtualSources.Require(file, dataset);
        var access = chunks is null ? default : new H5DatasetAccess(ChunkCache: chunks.Wrap(new SimpleReadingChunkCache()));
        return dataset.Type.Class switch
        {
            H5DataTypeClass.String => dataset.Read<string[]>(access),
            H5DataTypeClass.VariableLength when dataset.Type.VariableLength.BaseType.Size == 1 => dataset.Read<string[]>(access),
            _ => Hdf5SampleReader.For(dataset)?.ReadText(dataset, access)
                ?? throw new DatasetException(
                    file,
                    dataset.Name,
                    null,
                    $"its entries are {Hdf5Types.Name(dataset)}; expected integers, floats, booleans or text"
                ),
        };
    }
}

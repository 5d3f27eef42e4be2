using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>A one-dimensional dataset of integers, floats or strings.</summary>
internal sealed class Hdf5Vector(string file, NativeDataset dataset)
{
    /// <summary>The number of entries.</summary>
    public ulong Length => dataset.Space.Dimensions[0];

    /// <summary>Reads the entries as text.</summary>
    public string[] ReadText() =>
        dataset.Type.Class switch
        {
            H5DataTypeClass.String or H5DataTypeClass.VariableLength => dataset.Read<string[]>(),
            _ => Hdf5SampleReader.For(dataset.Type)?.ReadText(dataset)
                ?? throw new DatasetException(
                    file,
                    dataset.Name,
                    null,
                    $"its entries are of the type {dataset.Type.Class}; expected integers, floats or text"
                ),
        };
}

using System.Globalization;
using System.Numerics;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Reads a dataset of any integer or float type as single-precision floats.</summary>
/// <remarks>Integers up to 2^24 and 16/32-bit floats are exact; wider numbers are rounded to the nearest float.</remarks>
internal abstract class Hdf5SampleReader
{
    /// <summary>The name of the type, as numpy writes it.</summary>
    public abstract string TypeName { get; }

    /// <summary>The bytes of one sample in the file.</summary>
    public abstract int Size { get; }

    /// <summary>Creates the reader for a type; null if it is neither an integer nor a float.</summary>
    public static Hdf5SampleReader? For(IH5DataType type) =>
        (type.Class, type.Size) switch
        {
            (H5DataTypeClass.FixedPoint, 1) => type.FixedPoint.IsSigned ? new Typed<sbyte>("int8", 1) : new Typed<byte>("uint8", 1),
            (H5DataTypeClass.FixedPoint, 2) => type.FixedPoint.IsSigned ? new Typed<short>("int16", 2) : new Typed<ushort>("uint16", 2),
            (H5DataTypeClass.FixedPoint, 4) => type.FixedPoint.IsSigned ? new Typed<int>("int32", 4) : new Typed<uint>("uint32", 4),
            (H5DataTypeClass.FixedPoint, 8) => type.FixedPoint.IsSigned ? new Typed<long>("int64", 8) : new Typed<ulong>("uint64", 8),
            (H5DataTypeClass.FloatingPoint, 2) => new Typed<Half>("float16", 2),
            (H5DataTypeClass.FloatingPoint, 4) => new Typed<float>("float32", 4),
            (H5DataTypeClass.FloatingPoint, 8) => new Typed<double>("float64", 8),
            _ => null,
        };

    /// <summary>Reads a part of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="selection">The part to read.</param>
    /// <param name="access">How chunks are cached.</param>
    /// <param name="samples">Receives the samples; has the size of the part.</param>
    public abstract void Read(NativeDataset dataset, HyperslabSelection selection, H5DatasetAccess access, float[] samples);

    /// <summary>Reads a whole dataset as text, in the invariant culture.</summary>
    public abstract string[] ReadText(NativeDataset dataset);

    private sealed class Typed<T>(string typeName, int size) : Hdf5SampleReader
        where T : unmanaged, INumber<T>
    {
        public override string TypeName => typeName;

        public override int Size => size;

        public override void Read(NativeDataset dataset, HyperslabSelection selection, H5DatasetAccess access, float[] samples)
        {
            if (samples is T[] same)
            {
                dataset.Read(access, same.AsSpan(), selection);
                return;
            }

            var raw = new T[samples.Length];
            dataset.Read(access, raw.AsSpan(), selection);
            for (var i = 0; i < raw.Length; i++)
            {
                samples[i] = float.CreateTruncating(raw[i]);
            }
        }

        public override string[] ReadText(NativeDataset dataset) =>
            Array.ConvertAll(dataset.Read<T[]>(), value => value.ToString(null, CultureInfo.InvariantCulture));
    }
}

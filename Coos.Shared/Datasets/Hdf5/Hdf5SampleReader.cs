using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Reads a dataset of any integer or float type, or of an enumeration of integers, as single-precision floats.</summary>
/// <remarks>Integers up to 2^24 and 16/32-bit floats are exact; wider numbers are rounded to the nearest float.</remarks>
internal abstract class Hdf5SampleReader
{
    /// <summary>The name of the type, as numpy writes it.</summary>
    public abstract string TypeName { get; }

    /// <summary>The bytes of one sample in the file.</summary>
    public abstract int Size { get; }

    /// <summary>Creates the reader for a dataset; null if it has neither integers nor floats.</summary>
    public static Hdf5SampleReader? For(NativeDataset dataset)
    {
        var type = Hdf5Types.Stored(dataset);
        var isSigned = type.Class == H5DataTypeClass.FixedPoint && type.FixedPoint.IsSigned;
        var isSwapped = Hdf5Types.IsBigEndian(dataset);
        var name = dataset.Type.Class == H5DataTypeClass.Enumerated ? Hdf5Types.Name(dataset) : null;
        return (type.Class, type.Size) switch
        {
            (H5DataTypeClass.FixedPoint, 1) => isSigned ? Create<sbyte>("int8") : Create<byte>("uint8"),
            (H5DataTypeClass.FixedPoint, 2) => isSigned ? Create<short>("int16") : Create<ushort>("uint16"),
            (H5DataTypeClass.FixedPoint, 4) => isSigned ? Create<int>("int32") : Create<uint>("uint32"),
            (H5DataTypeClass.FixedPoint, 8) => isSigned ? Create<long>("int64") : Create<ulong>("uint64"),
            (H5DataTypeClass.FloatingPoint, 2) => Create<Half>("float16"),
            (H5DataTypeClass.FloatingPoint, 4) => Create<float>("float32"),
            (H5DataTypeClass.FloatingPoint, 8) => Create<double>("float64"),
            _ => null,
        };

        Typed<T> Create<T>(string number)
            where T : unmanaged, INumber<T> => new(name ?? number, isSwapped && type.Size > 1);
    }

    /// <summary>Reads a part of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="selection">The part to read.</param>
    /// <param name="access">How chunks are cached.</param>
    /// <param name="samples">Receives the samples; has the size of the part.</param>
    public abstract void Read(NativeDataset dataset, HyperslabSelection selection, H5DatasetAccess access, float[] samples);

    /// <summary>Reads a whole dataset as text, in the invariant culture.</summary>
    public abstract string[] ReadText(NativeDataset dataset, H5DatasetAccess access);

    private sealed class Typed<T>(string typeName, bool isSwapped) : Hdf5SampleReader
        where T : unmanaged, INumber<T>
    {
        private static readonly int Bytes = Marshal.SizeOf<T>();

        public override string TypeName => typeName;

        public override int Size => Bytes;

        public override void Read(NativeDataset dataset, HyperslabSelection selection, H5DatasetAccess access, float[] samples)
        {
            if (!isSwapped && samples is T[] same)
            {
                dataset.Read(access, same.AsSpan(), selection);
                return;
            }

            var raw = new T[samples.Length];
            ReadRaw(dataset, access, raw, selection);
            for (var i = 0; i < raw.Length; i++)
            {
                samples[i] = float.CreateTruncating(raw[i]);
            }
        }

        public override string[] ReadText(NativeDataset dataset, H5DatasetAccess access)
        {
            var raw = new T[dataset.Space.Dimensions.Aggregate(1UL, (product, length) => checked(product * length))];
            ReadRaw(dataset, access, raw, null);
            return Array.ConvertAll(raw, value => value.ToString(null, CultureInfo.InvariantCulture));
        }

        private void ReadRaw(NativeDataset dataset, H5DatasetAccess access, T[] raw, HyperslabSelection? selection)
        {
            if (raw.Length == 0)
            {
                return;
            }

            if (!isSwapped)
            {
                dataset.Read(access, raw.AsSpan(), selection);
                return;
            }

            // The library refuses to convert big-endian numbers, but hands out their bytes.
            var bytes = MemoryMarshal.AsBytes(raw.AsSpan());
            dataset.Read(access, bytes, selection);
            for (var i = 0; i < bytes.Length; i += Bytes)
            {
                bytes.Slice(i, Bytes).Reverse();
            }
        }
    }
}

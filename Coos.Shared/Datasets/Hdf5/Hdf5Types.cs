using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>The types of samples and entries: which are read, and how others are named.</summary>
internal static class Hdf5Types
{
    /// <summary>Exponent and mantissa of the IEEE floats by size in bytes.</summary>
    private static readonly Dictionary<int, (ulong Exponent, ulong Mantissa)> Ieee = new()
    {
        [2] = (5, 10),
        [4] = (8, 23),
        [8] = (11, 52),
    };

    /// <summary>The type that values are stored as: for an enumeration, its integers.</summary>
    public static IH5DataType Stored(NativeDataset dataset) =>
        dataset.Type.Class == H5DataTypeClass.Enumerated ? dataset.Type.Enumeration.BaseType : dataset.Type;

    /// <summary>Whether values are stored with their highest byte first.</summary>
    public static bool IsBigEndian(NativeDataset dataset) => ByteOrder(Message(dataset)) == 1;

    /// <summary>Why the values cannot be read although integers and floats can.</summary>
    /// <returns>Null if they can.</returns>
    public static string? Refusal(NativeDataset dataset)
    {
        var type = Stored(dataset);
        var message = Message(dataset);
        if (type.Class is not (H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint))
        {
            return null;
        }

        var bits = Hdf5Internals.List(message, "Properties")[0];
        var (offset, precision) = (Hdf5Internals.Number(bits, "BitOffset"), Hdf5Internals.Number(bits, "BitPrecision"));
        if (ByteOrder(message) > 1)
        {
            return "its numbers are in VAX byte order; write it again as little-endian";
        }

        if (offset != 0 || precision != 8 * (ulong)type.Size)
        {
            return $"its numbers use {precision} of {8 * type.Size} bits (n-bit); write it again as a type of whole bytes, such as uint16";
        }

        var isIeee =
            type.Class == H5DataTypeClass.FixedPoint
            || (
                Ieee.TryGetValue(type.Size, out var ieee)
                && ieee == (Hdf5Internals.Number(bits, "ExponentSize"), Hdf5Internals.Number(bits, "MantissaSize"))
            );
        return isIeee ? null : "its floats are not IEEE floats of 16, 32 or 64 bits (such as bfloat16); write it again as float32";
    }

    /// <summary>The name of a dataset's type, as numpy writes it where it has one.</summary>
    public static string Name(NativeDataset dataset)
    {
        var type = dataset.Type;
        return type.Class switch
        {
            H5DataTypeClass.Enumerated => IsBool(type) ? "bool" : "enumeration",
            H5DataTypeClass.String => "text",
            H5DataTypeClass.VariableLength => "text or lists of variable length",
            H5DataTypeClass.Compound => IsComplex(type)
                ? $"complex{8 * type.Size}"
                : $"table ({string.Join(", ", type.Compound.Members.Select(m => m.Name))})",
            H5DataTypeClass.Opaque => "opaque bytes",
            H5DataTypeClass.BitField => "bit field",
            H5DataTypeClass.Reference => "references",
            H5DataTypeClass.Array => "arrays",
            H5DataTypeClass.FixedPoint => $"{(type.FixedPoint.IsSigned ? "int" : "uint")}{8 * type.Size}",
            H5DataTypeClass.FloatingPoint => $"float{8 * type.Size}",
            _ => type.Class.ToString().ToLowerInvariant(),
        };
    }

    private static bool IsBool(IH5DataType type) =>
        type.Size == 1 && type.Enumeration.GetMembers<byte>() is { Count: 2 } members && members.ContainsKey("TRUE");

    private static bool IsComplex(IH5DataType type) => type.Compound.Members is [{ Name: "r" }, { Name: "i" }];

    private static ulong ByteOrder(object message) =>
        Hdf5Internals.Get(message, "BitField") is { } field && field.GetType().GetProperty("ByteOrder") is not null
            ? Hdf5Internals.Number(field, "ByteOrder")
            : 0;

    private static object Message(NativeDataset dataset)
    {
        var message = Hdf5Internals.Get(dataset, "InternalDataType")!;
        return dataset.Type.Class == H5DataTypeClass.Enumerated
            ? Hdf5Internals.Get(Hdf5Internals.List(message, "Properties")[0], "BaseType")!
            : message;
    }
}

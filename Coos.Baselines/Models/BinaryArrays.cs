using System.Runtime.InteropServices;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;

namespace Coos.Baselines.Models;

/// <summary>Reads and writes arrays in binary files: the length, then the items, little-endian.</summary>
internal static class BinaryArrays
{
    public static void WriteDoubles(this BinaryWriter writer, double[] items) => Write<double>(writer, items);

    public static double[] ReadDoubles(this BinaryReader reader) => Read<double>(reader);

    public static void WriteInts(this BinaryWriter writer, int[] items) => Write<int>(writer, items);

    public static int[] ReadInts(this BinaryReader reader) => Read<int>(reader);

    public static void WriteMatrix(this BinaryWriter writer, FeatureMatrix matrix)
    {
        writer.Write(matrix.Rows);
        writer.Write(matrix.Columns);
        Write<double>(writer, matrix.Values);
    }

    public static FeatureMatrix ReadMatrix(this BinaryReader reader) => new(reader.ReadInt32(), reader.ReadInt32(), Read<double>(reader));

    public static void WriteTree(this BinaryWriter writer, DecisionTree tree)
    {
        Write<int>(writer, tree.Features);
        Write<double>(writer, tree.Cuts);
        Write<int>(writer, tree.Left);
        Write<int>(writer, tree.Right);
        Write<float>(writer, tree.Probabilities);
    }

    public static DecisionTree ReadTree(this BinaryReader reader) =>
        new(Read<int>(reader), Read<double>(reader), Read<int>(reader), Read<int>(reader), Read<float>(reader));

    private static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> items)
        where T : struct
    {
        writer.Write(items.Length);
        writer.Write(MemoryMarshal.AsBytes(items));
    }

    private static T[] Read<T>(BinaryReader reader)
        where T : struct
    {
        var items = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }
}

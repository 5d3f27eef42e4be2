using System.Globalization;
using System.Numerics;
using System.Text;
using Coos.Shared.Packing;
using Coos.Shared.Predictions.Arrays;
using Parquet;
using Parquet.Schema;

namespace Coos.Shared.Predictions.Columns;

/// <summary>Reads a column of a row group as numbers or as texts, as a CSV file would have them.</summary>
/// <param name="content">The file.</param>
/// <param name="group">The row group.</param>
/// <param name="field">The column, of a type for which <see cref="IsId"/> or <see cref="IsNumber"/> holds.</param>
/// <param name="budget">Limits the work of unpacking; null for files that are trusted.</param>
internal sealed class ParquetColumn(BoundedStream content, ParquetRowGroupReader group, DataField field, UnpackBudget? budget)
{
    private const int MaximumNumber = 32;

    private static readonly Type[] Integers =
    [
        typeof(sbyte),
        typeof(byte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
    ];

    /// <summary>How the library names the type of text.</summary>
    private static readonly Type[] Texts = [typeof(string), typeof(ReadOnlyMemory<char>)];

    private readonly int _rows = checked((int)group.RowCount);

    /// <summary>Receives the text of a row, empty for a missing value, and the row in its group from 0.</summary>
    public delegate void ReadText(ReadOnlySpan<byte> text, int row);

    /// <summary>Whether a column can hold ids or class names: whole numbers or text.</summary>
    public static bool IsId(DataField field) => !field.IsArray && (Texts.Contains(field.ClrType) || Integers.Contains(field.ClrType));

    /// <summary>Whether a column holds numbers.</summary>
    public static bool IsNumber(DataField field) =>
        !field.IsArray && (field.ClrType == typeof(float) || field.ClrType == typeof(double) || Integers.Contains(field.ClrType));

    /// <summary>Says what a column holds that is not read.</summary>
    public static string Describe(Field field) =>
        field switch
        {
            DataField { IsArray: false } plain when Texts.Contains(plain.ClrType) => "text",
            DataField { IsArray: false } plain when IsNumber(plain) => plain.ClrType == typeof(float) || plain.ClrType == typeof(double)
                ? "floating-point numbers"
                : "whole numbers",
            DataField { IsArray: false } plain when plain.ClrType == typeof(bool) => "true and false",
            DataField { IsArray: false } plain when plain.ClrType == typeof(byte[]) || plain.ClrType == typeof(ReadOnlyMemory<byte>) =>
                "bytes, or 16-bit floating-point numbers",
            DataField { IsArray: false } plain => $"values of the type {plain.ClrType.Name}",
            _ => "lists or other nested values",
        };

    /// <summary>Reads the column as numbers.</summary>
    /// <param name="values">Receives the number of each row; a missing value is not a number.</param>
    public Task ReadNumbersAsync(double[] values) =>
        field.ClrType == typeof(float) ? ReadNumbersAsync<float>(values)
        : field.ClrType == typeof(double) ? ReadNumbersAsync<double>(values)
        : ReadIntegersAsync(new NumberSink(values));

    /// <summary>Reads the column as texts.</summary>
    /// <param name="read">Receives the texts.</param>
    public Task ReadTextsAsync(ReadText read) =>
        Texts.Contains(field.ClrType) ? ReadStringsAsync(read)
        : field.ClrType == typeof(float) ? ReadFloatsAsync<float>(read)
        : field.ClrType == typeof(double) ? ReadFloatsAsync<double>(read)
        : ReadIntegersAsync(new TextSink(read));

    private Task ReadIntegersAsync(IIntegerSink sink) =>
        Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.SByte => ReadIntegersAsync<sbyte>(sink),
            TypeCode.Byte => ReadIntegersAsync<byte>(sink),
            TypeCode.Int16 => ReadIntegersAsync<short>(sink),
            TypeCode.UInt16 => ReadIntegersAsync<ushort>(sink),
            TypeCode.Int32 => ReadIntegersAsync<int>(sink),
            TypeCode.UInt32 => ReadIntegersAsync<uint>(sink),
            TypeCode.Int64 => ReadIntegersAsync<long>(sink),
            TypeCode.UInt64 => ReadIntegersAsync<ulong>(sink),
            _ => throw new NotSupportedException($"A column of {field.ClrType} is not read."),
        };

    private async Task ReadIntegersAsync<T>(IIntegerSink sink)
        where T : struct, IBinaryInteger<T>
    {
        var values = await ReadAsync<T>();
        for (var row = 0; row < values.Length; row++)
        {
            sink.Add(row, values[row]);
        }
    }

    private async Task ReadNumbersAsync<T>(double[] values)
        where T : struct, IFloatingPointIeee754<T>
    {
        var read = await ReadAsync<T>();
        for (var row = 0; row < read.Length; row++)
        {
            values[row] = read[row] is { } value ? double.CreateTruncating(value) : double.NaN;
        }
    }

    private async Task ReadFloatsAsync<T>(ReadText add)
        where T : struct, IFloatingPointIeee754<T>
    {
        var read = await ReadAsync<T>();
        for (var row = 0; row < read.Length; row++)
        {
            add(read[row] is { } value ? Encoding.UTF8.GetBytes(NpyNumbers.Text(double.CreateTruncating(value))) : [], row);
        }
    }

    private async Task ReadStringsAsync(ReadText read)
    {
        CheckPages();
        var values = new string?[_rows];
        await group.ReadAsync(field, values.AsMemory()!);
        var text = new byte[256];
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row] ?? "";
            var size = Encoding.UTF8.GetMaxByteCount(value.Length);
            text = size > text.Length ? new byte[size] : text;
            read(text.AsSpan(0, Encoding.UTF8.GetBytes(value, text)), row);
        }
    }

    private async Task<T?[]> ReadAsync<T>()
        where T : struct
    {
        CheckPages();
        var values = new T?[_rows];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory());
            return values;
        }

        var required = new T[_rows];
        await group.ReadAsync<T>(field, required.AsMemory());
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = required[row];
        }

        return values;
    }

    /// <summary>Checks the pages before they are read.</summary>
    private void CheckPages()
    {
        var column = group.GetMetadata(field)?.MetaData ?? throw new InvalidDataException("A column has no pages.");
        ParquetPages.Check(content, column, budget);
    }

    private interface IIntegerSink
    {
        void Add<T>(int row, T? value)
            where T : struct, IBinaryInteger<T>;
    }

    private sealed class NumberSink(double[] values) : IIntegerSink
    {
        public void Add<T>(int row, T? value)
            where T : struct, IBinaryInteger<T> => values[row] = value is { } number ? double.CreateTruncating(number) : double.NaN;
    }

    private sealed class TextSink(ReadText read) : IIntegerSink
    {
        public void Add<T>(int row, T? value)
            where T : struct, IBinaryInteger<T>
        {
            Span<byte> text = stackalloc byte[MaximumNumber];
            var length = 0;
            if (value is { } number)
            {
                number.TryFormat(text, out length, default, CultureInfo.InvariantCulture);
            }

            read(text[..length], row);
        }
    }
}

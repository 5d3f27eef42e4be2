using System.Buffers.Text;
using System.Text;

namespace Coos.Shared.Benchmarks;

/// <summary>Finds a class by its label: index, name or short name, case-insensitive.</summary>
public sealed class ClassNames
{
    private const int LongestOnStack = 256;

    private readonly IReadOnlyList<ClassLabel> _classes;
    private readonly int _singleDigits;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <summary>Creates the lookup of the given classes.</summary>
    public ClassNames(IReadOnlyList<ClassLabel> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        _classes = classes;
        _singleDigits = Math.Min(classes.Count, 10);
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var c in classes)
        {
            names.TryAdd(c.Name, c.Index);
            names.TryAdd(c.Short, c.Index);
        }

        _names = names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The number of classes.</summary>
    public int Count => _classes.Count;

    /// <summary>The name of a class.</summary>
    /// <param name="index">Its index, from 0.</param>
    public string Name(int index) => _classes[index].Name;

    /// <summary>Finds the class of a label.</summary>
    /// <returns>The class index, or -1 if there is none.</returns>
    public int Find(ReadOnlySpan<byte> label)
    {
        // Nearly all labels are one digit.
        if (label.Length == 1 && (uint)(label[0] - '0') < (uint)_singleDigits)
        {
            return label[0] - '0';
        }

        return FindLonger(label);
    }

    private int FindLonger(ReadOnlySpan<byte> label) => IsIndex(label, out var index) ? (index < Count ? index : -1) : FindName(label);

    /// <summary>The allowed labels, for messages: <c>0 to 6, or a class name such as ER</c>.</summary>
    public string Allowed => $"0 to {Count - 1}, or a class name such as {_classes[0].Short}";

    private static bool IsIndex(ReadOnlySpan<byte> label, out int index) =>
        Utf8Parser.TryParse(label, out index, out var read)
        && read == label.Length
        && (label[0] is >= (byte)'1' and <= (byte)'9' || label is [(byte)'0']);

    private int FindName(ReadOnlySpan<byte> label)
    {
        Span<char> text = label.Length <= LongestOnStack ? stackalloc char[label.Length] : new char[label.Length];
        return _names.TryGetValue(text[..Encoding.UTF8.GetChars(label, text)], out var index) ? index : -1;
    }
}

using System.Globalization;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;

namespace Coos.Measurements.Score;

/// <summary>Determines the classes from label and prediction files, because measured folders have no manifest.</summary>
internal static class ClassInventory
{
    /// <summary>Reads the classes: indices from 0 to the largest if all labels are numbers, otherwise the sorted names.</summary>
    public static IReadOnlyList<ClassLabel> Read(IEnumerable<string> files)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var probabilities = 0;
        foreach (var file in files)
        {
            using var text = File.OpenRead(file);
            using var reader = new DelimitedReader(text);
            probabilities = Math.Max(probabilities, Collect(reader, names));
        }

        if (!names.All(IsNumber))
        {
            return [.. names.Where(n => !IsNumber(n)).Select((name, i) => new ClassLabel(i, name, name))];
        }

        var largest = names.Select(n => int.Parse(n, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(Math.Max(largest + 1, probabilities), 2))
                .Select(i => new ClassLabel(i, $"class {i}", $"class {i}")),
        ];
    }

    /// <summary>Collects the labels of a file.</summary>
    /// <returns>The number of probability columns.</returns>
    private static int Collect(DelimitedReader reader, SortedSet<string> names)
    {
        reader.Delimiter = reader.PeekLine().IndexOfAny(",;\t"u8) is >= 0 and var at ? reader.PeekLine()[at] : (byte)',';
        if (!reader.Read())
        {
            return 0;
        }

        string[] header = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.UTF8.GetString(reader[i]))];
        var label = Array.IndexOf(header, "label");
        while (label >= 0 && reader.Read())
        {
            if (label < reader.FieldCount)
            {
                names.Add(Encoding.UTF8.GetString(reader[label]));
            }
        }

        return header.Count(name => name.StartsWith('p') && IsNumber(name[1..]));
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

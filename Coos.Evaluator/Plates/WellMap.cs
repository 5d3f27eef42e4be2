using System.Globalization;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Plates;

/// <summary>The wells of a split's labels, and where they are on their plates.</summary>
/// <param name="Plates">The plates in natural order of their names, so that plate 10 comes after plate 9.</param>
/// <param name="Wells">
/// The wells, plate by plate; those with a position first, along the rows, then the others by name.
/// </param>
/// <param name="WellOfImage">The index of each image's well, in the order of the labels.</param>
public sealed partial record WellMap(IReadOnlyList<MappedPlate> Plates, IReadOnlyList<MappedWell> Wells, IReadOnlyList<int> WellOfImage)
{
    /// <summary>The digits of the longest number that is ordered by its value.</summary>
    private const int NumberWidth = 18;

    /// <summary>Finds the wells of labels; null if the labels name no wells.</summary>
    /// <remarks>
    /// Names of one position, such as A1 and A01, are one well. An image whose well is empty belongs to no well. Without a column of
    /// plates, all wells are on one plate.
    /// </remarks>
    /// <param name="labels">The labels of a split, or of a part of it.</param>
    /// <param name="scheme">What the manifest says about plates; null if nothing.</param>
    public static WellMap? Create(SplitLabels labels, PlateScheme? scheme)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Wells is not { } names)
        {
            return null;
        }

        scheme ??= PlateScheme.Unknown;
        var (plates, wells, found) = (new List<MappedPlate>(), new List<MappedWell>(), new Dictionary<(string, string), int>());
        var byPlate = names
            .Select((well, i) => (Plate: labels.Plates?[i] ?? "", Well: well))
            .Where(n => n.Well.Length > 0)
            .GroupBy(n => n.Plate, n => n.Well)
            .OrderBy(g => NaturalKey(g.Key), StringComparer.Ordinal)
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var group in byPlate)
        {
            Add(group.Key, [.. group.Distinct()], labels.Plates is not null, scheme, plates, wells, found);
        }

        return new WellMap(plates, wells, [.. names.Select((well, i) => found.GetValueOrDefault((labels.Plates?[i] ?? "", well), -1))]);
    }

    private static void Add(
        string plate,
        string[] names,
        bool isNamed,
        PlateScheme scheme,
        List<MappedPlate> plates,
        List<MappedWell> wells,
        Dictionary<(string, string), int> found
    )
    {
        var (format, positions) = Locate(names, scheme);
        var located = names
            .Where(positions.ContainsKey)
            .GroupBy(n => positions[n])
            .OrderBy(g => g.Key.Row)
            .ThenBy(g => g.Key.Column)
            .Select(g => (Position: (WellPosition?)g.Key, Names: (IReadOnlyList<string>)[.. g.Order(StringComparer.Ordinal)]));
        var others = names
            .Where(n => !positions.ContainsKey(n))
            .OrderBy(NaturalKey, StringComparer.Ordinal)
            .ThenBy(n => n, StringComparer.Ordinal)
            .Select(n => (Position: (WellPosition?)null, Names: (IReadOnlyList<string>)[n]));
        var first = wells.Count;
        foreach (var (position, all) in located.Concat(others))
        {
            foreach (var name in all)
            {
                found[(plate, name)] = wells.Count;
            }

            wells.Add(new MappedWell(plates.Count, all[0], position));
        }

        plates.Add(new MappedPlate(isNamed ? plate : null, format, first, wells.Count - first));
    }

    /// <summary>Pads numbers, so that 10 comes after 9. The order must not depend on the culture tables of the machine.</summary>
    private static string NaturalKey(string name) => Digits().Replace(name, m => m.Value.PadLeft(NumberWidth, '0')).ToUpperInvariant();

    /// <summary>Finds the positions of the wells of a plate, and the smallest plate that holds them if the manifest names none.</summary>
    private static (PlateFormat? Format, Dictionary<string, WellPosition> Positions) Locate(string[] names, PlateScheme scheme)
    {
        var known = PlateFormat.Find(scheme.Wells);
        var positions = scheme.Numbering is { } numbering && known is not null ? LocateNumbers(names, known, numbering, scheme) : [];
        foreach (var name in names)
        {
            if (WellPosition.TryParse(name, out var position) && known?.Holds(position) != false)
            {
                positions[name] = position;
            }
        }

        return positions.Count == 0 ? (null, positions) : (known ?? PlateFormat.FindSmallest(positions.Values), positions);
    }

    /// <summary>
    /// Finds the positions of wells that are named by numbers, which may continue from plate to plate. Numbers that are further apart
    /// than one plate are not positions, because two of them would be one well.
    /// </summary>
    private static Dictionary<string, WellPosition> LocateNumbers(
        string[] names,
        PlateFormat format,
        WellNumbering numbering,
        PlateScheme scheme
    )
    {
        var numbers = new Dictionary<string, int>();
        foreach (var name in names)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= scheme.FirstNumber)
            {
                numbers[name] = number - scheme.FirstNumber;
            }
        }

        return numbers.Values.Select(n => n / format.Wells).Distinct().Count() > 1
            ? []
            : numbers.ToDictionary(
                n => n.Key,
                n => WellPosition.FromNumber(n.Value % format.Wells, format, numbering == WellNumbering.Columns)
            );
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}

/// <summary>A plate of the labels.</summary>
/// <param name="Name">Its name; null if the labels name no plates.</param>
/// <param name="Format">Its rows and columns; null if no name of its wells is a position.</param>
/// <param name="FirstWell">The index of its first well.</param>
/// <param name="WellCount">The number of its wells.</param>
public sealed record MappedPlate(string? Name, PlateFormat? Format, int FirstWell, int WellCount);

/// <summary>A well of the labels.</summary>
/// <param name="Plate">The index of its plate.</param>
/// <param name="Name">Its name in the labels; the first of several names of one position.</param>
/// <param name="Position">Its position; null if its name is none.</param>
public sealed record MappedWell(int Plate, string Name, WellPosition? Position);

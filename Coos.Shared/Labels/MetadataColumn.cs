using System.Text.RegularExpressions;

namespace Coos.Shared.Labels;

/// <summary>A column of a label file besides <c>image_id</c> and <c>label</c>, such as the plate, hospital or day of each image.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Values">The value of each image; empty where the file has none.</param>
public sealed partial record MetadataColumn(string Name, IReadOnlyList<string> Values)
{
    /// <summary>The name of the column of plates.</summary>
    public const string Plate = "plate";

    /// <summary>The name of the column of wells. Wells of different plates are different, even if they have the same name.</summary>
    public const string Well = "well";

    /// <summary>The maximum number of columns of a label file.</summary>
    public const int Maximum = 32;

    /// <summary>What a name may be, in words.</summary>
    public const string AllowedNames = "a-z, 0-9 and _, at most 32 characters, starting with a letter";

    /// <summary>Whether a text may be the name of a column.</summary>
    /// <remarks>p0 and z0 are columns of predictions.</remarks>
    public static bool IsName(string text) =>
        text is not ("image_id" or "label") && NamePattern().IsMatch(text) && !PredictionPattern().IsMatch(text);

    /// <summary>Compares names in the order of canonical label files: plate, well, then the others by their bytes.</summary>
    public static int CompareNames(string first, string second)
    {
        var places = Place(first).CompareTo(Place(second));
        return places != 0 ? places : string.CompareOrdinal(first, second);

        static int Place(string name) =>
            name switch
            {
                Plate => 0,
                Well => 1,
                _ => 2,
            };
    }

    [GeneratedRegex("^[pz][0-9]+$")]
    private static partial Regex PredictionPattern();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,31}$")]
    private static partial Regex NamePattern();
}

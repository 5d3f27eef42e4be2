using System.Text;

namespace Coos.Shared.Text.Unicode;

/// <summary>
/// Finds names that look alike, by the skeletons of Unicode Technical Standard 39: two names with one skeleton are confusable, such as
/// <c>paypal</c> in Latin and in Cyrillic letters. Case is ignored too, because names are compared without it.
/// </summary>
public sealed record NameSkeleton
{
    private static readonly Lazy<Table> Data = new(() => new Table());

    private readonly string _written;
    private readonly string _lower;
    private readonly string _upper;

    private NameSkeleton(string name)
    {
        _written = ToSkeleton(name);
        _lower = ToSkeleton(name.ToLowerInvariant());
        _upper = ToSkeleton(name.ToUpperInvariant());
    }

    /// <summary>Creates the skeleton of a name.</summary>
    /// <param name="name">The name, in Unicode form KC.</param>
    public static NameSkeleton Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new NameSkeleton(name);
    }

    /// <summary>Whether two names look alike, as they are written, or in lower or upper case.</summary>
    /// <param name="other">The skeleton of the other name.</param>
    public bool LooksLike(NameSkeleton other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _written == other._written || _lower == other._lower || _upper == other._upper;
    }

    /// <summary>Computes the skeleton of Unicode Technical Standard 39, section 4, of a text in form KC.</summary>
    /// <param name="text">The text.</param>
    public static string ToSkeleton(string text)
    {
        var data = Data.Value;
        var skeleton = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in UnicodeForm.ToD(text!).EnumerateRunes())
        {
            if (data.Prototypes.TryGetValue(rune.Value, out var prototype))
            {
                skeleton.Append(prototype);
            }
            else if (!data.IsIgnorable(rune.Value))
            {
                skeleton.Append(rune.ToString());
            }
        }

        return UnicodeForm.ToD(skeleton.ToString());
    }

    private sealed class Table
    {
        private readonly List<(int First, int Last)> _ignorable = [];

        public Table()
        {
            foreach (var fields in UnicodeTable.Read("confusables.txt"))
            {
                if (fields[0] == "i")
                {
                    _ignorable.Add((UnicodeTable.Code(fields[1]), UnicodeTable.Code(fields[2])));
                }
                else
                {
                    Prototypes[UnicodeTable.Code(fields[0])] = string.Concat(
                        UnicodeTable.Codes(fields[1..]).Select(code => new Rune(code).ToString())
                    );
                }
            }
        }

        public Dictionary<int, string> Prototypes { get; } = [];

        public bool IsIgnorable(int code) => _ignorable.Exists(range => code >= range.First && code <= range.Last);
    }
}

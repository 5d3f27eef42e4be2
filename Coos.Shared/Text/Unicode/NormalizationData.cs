using System.Globalization;

namespace Coos.Shared.Text.Unicode;

/// <summary>Decompositions, combining classes and compositions of all characters except Hangul syllables, which are computed.</summary>
internal sealed class NormalizationData
{
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private NormalizationData()
    {
        var excluded = new HashSet<int>();
        foreach (var fields in UnicodeTable.Read("normalization.txt"))
        {
            var code = UnicodeTable.Code(fields[1]);
            switch (fields[0])
            {
                case "c":
                    _canonical[code] = UnicodeTable.Codes(fields[2..]);
                    break;
                case "k":
                    _compatible[code] = UnicodeTable.Codes(fields[2..]);
                    break;
                case "o":
                    _classes[code] = byte.Parse(fields[2], CultureInfo.InvariantCulture);
                    break;
                default:
                    excluded.Add(code);
                    break;
            }
        }

        // Unicode Standard Annex 15: singletons, and decompositions that start with or belong to a mark, are never composed.
        foreach (var (code, parts) in _canonical)
        {
            if (parts is [var first, var second] && !excluded.Contains(code) && Class(code) == 0 && Class(first) == 0)
            {
                _compositions[(first, second)] = code;
            }
        }
    }

    /// <summary>The data, read when they are first used.</summary>
    public static NormalizationData Instance => Lazy.Value;

    private static Lazy<NormalizationData> Lazy { get; } = new(() => new NormalizationData());

    /// <summary>The combining class of a character, 0..254; 0 for characters that do not combine.</summary>
    public byte Class(int code) => _classes.GetValueOrDefault(code);

    /// <summary>The first step of a character's decomposition; null if it has none.</summary>
    /// <param name="code">The character.</param>
    /// <param name="isCompatible">Whether compatibility decompositions count: a full-width letter becomes an ordinary one.</param>
    public int[]? Decompose(int code, bool isCompatible) =>
        _canonical.GetValueOrDefault(code) ?? (isCompatible ? _compatible.GetValueOrDefault(code) : null);

    /// <summary>The character that two characters compose to; null if they do not.</summary>
    public int? Compose(int first, int second) => _compositions.TryGetValue((first, second), out var code) ? code : null;
}

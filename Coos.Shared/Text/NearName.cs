namespace Coos.Shared.Text;

/// <summary>Finds the name that a misspelled one was probably meant to be.</summary>
public static class NearName
{
    private const int MaxEdits = 2;

    /// <summary>Finds the nearest name; null if none is near.</summary>
    /// <param name="text">The misspelled name. Case, hyphens and underscores do not matter.</param>
    /// <param name="names">The names.</param>
    public static string? Find(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        var plain = Simplify(text);
        return names
            .Select(name => (Name: name, Edits: CountEdits(plain, Simplify(name))))
            .Where(n => n.Edits <= Math.Min(MaxEdits, n.Name.Length / 3))
            .OrderBy(n => n.Edits)
            .Select(n => n.Name)
            .FirstOrDefault();
    }

    private static string Simplify(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int CountEdits(string a, string b)
    {
        // A long text cannot be near; the check keeps the table small.
        if (Math.Abs(a.Length - b.Length) > MaxEdits)
        {
            return int.MaxValue;
        }

        var edits = new int[a.Length + 1][];
        for (var i = 0; i <= a.Length; i++)
        {
            edits[i] = new int[b.Length + 1];
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i][j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i][j] = Math.Min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }

        return edits[a.Length][b.Length];
    }
}

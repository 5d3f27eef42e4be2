using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>The permission table of docs/operations.md: the status that each route returns to each role.</summary>
internal static class RouteTable
{
    /// <summary>The role columns, which follow the columns of the call and its subject.</summary>
    public static readonly IReadOnlyList<string> Roles =
    [
        "anonymous",
        "other participant",
        "owner",
        "organiser",
        "expired token",
        "revoked token",
    ];

    /// <summary>Reads the table.</summary>
    public static IReadOnlyList<RouteRow> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(Checkout.Folder, "docs", "operations.md"));
        var header = $"| call | about | {string.Join(" | ", Roles)} |";
        var start = Array.IndexOf(lines, header);
        Assert.True(start >= 0, $"docs/operations.md has no line \"{header}\"");
        return [.. lines.Skip(start + 2).TakeWhile(l => l.StartsWith('|')).Select(ReadRow)];
    }

    private static RouteRow ReadRow(string line)
    {
        // Markdown requires a backslash before a pipe in a pattern.
        string[] cells =
        [
            .. line.Replace("\\|", "\u0001", StringComparison.Ordinal)
                .Trim()
                .Trim('|')
                .Split('|')
                .Select(c => c.Trim().Replace("\u0001", "|", StringComparison.Ordinal)),
        ];
        Assert.True(cells.Length == Roles.Count + 2, $"{cells.Length} cells in: {line}");
        var call = cells[0].Trim('`').Split(' ', 2);
        return new RouteRow(call[0], call[1], cells[1], [.. cells.Skip(2).Select(int.Parse)]);
    }
}

/// <summary>A row of the table.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route pattern as registered in the server.</param>
/// <param name="About">The subject of the request if it affects the status, for example a private submission.</param>
/// <param name="Statuses">The status for each role.</param>
internal sealed record RouteRow(string Method, string Pattern, string About, IReadOnlyList<int> Statuses)
{
    public string Call => $"{Method} {Pattern}";
}

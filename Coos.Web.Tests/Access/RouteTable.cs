using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>The table "Who may what" of docs/operations.md: what each route answers to whom.</summary>
internal static class RouteTable
{
    /// <summary>The columns after call and what it is about.</summary>
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
        // A pattern with a pipe in it is written with a backslash before, as Markdown wants it.
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
/// <param name="Pattern">The route's pattern as the server has it.</param>
/// <param name="About">What is asked for, where that matters.</param>
/// <param name="Statuses">The status for each role.</param>
internal sealed record RouteRow(string Method, string Pattern, string About, IReadOnlyList<int> Statuses)
{
    public string Call => $"{Method} {Pattern}";
}

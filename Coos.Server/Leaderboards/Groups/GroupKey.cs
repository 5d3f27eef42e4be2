using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards.Groups;

/// <summary>A group of images: those with one value in a label column that the manifest names in <c>groups</c>.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value.</param>
public sealed record GroupKey(string Column, string Value)
{
    /// <summary>The name of the parameter that chooses a group.</summary>
    public const string ParameterName = "group";

    /// <summary>The start of the columns of a group among those that a leaderboard is sorted by; the name of a split follows.</summary>
    public const string SortPrefix = "group:";

    /// <summary>The maximum length of the parameter.</summary>
    public const int MaximumLength = 300;

    /// <summary>Reads the parameter.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="text">The value of the parameter: a column and a value, such as hospital:3. Only the first colon separates.</param>
    /// <param name="problems">Receives the problem.</param>
    /// <returns>Null if the parameter is empty or not valid.</returns>
    internal static GroupKey? Read(Benchmark benchmark, string text, List<FieldProblem> problems)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (benchmark.Groups is not [var first, ..])
        {
            problems.Add(new FieldProblem(ParameterName, "bad-value", $"{benchmark.Name} has no groups; leave {ParameterName} out"));
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (
            text.Length <= MaximumLength
            && colon > 0
            && colon < text.Length - 1
            && benchmark.Groups.FirstOrDefault(g => text.AsSpan(0, colon).Equals(g, StringComparison.OrdinalIgnoreCase)) is { } column
        )
        {
            return new GroupKey(column, text[(colon + 1)..]);
        }

        problems.Add(
            new FieldProblem(
                ParameterName,
                "bad-value",
                $"{ParameterName} must be a column and a value of it, such as {first}:3; columns: {string.Join(", ", benchmark.Groups)}"
            )
        );
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Column}:{Value}";
}

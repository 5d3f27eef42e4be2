using System.Globalization;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>
/// A reader's own mix: the weights of the classes, the costs of confusions and the splits that count. It is the state of the page and
/// is stored in the URL.
/// </summary>
public sealed record MixQuery
{
    /// <summary>The parameter of the weights.</summary>
    public const string WeightsName = "weights";

    /// <summary>The parameter of the costs.</summary>
    public const string CostsName = "costs";

    /// <summary>The parameter of the splits.</summary>
    public const string SplitsName = "splits";

    /// <summary>The largest weight that is accepted.</summary>
    public const double LargestWeight = 1_000_000;

    /// <summary>The largest cost that is accepted.</summary>
    public const double LargestCost = 100;

    /// <summary>The names of the parameters; responses are cached by their values.</summary>
    public static IReadOnlyList<string> ParameterNames { get; } = [WeightsName, CostsName, SplitsName];

    /// <summary>The weight of each class, at least 0; null if all classes count the same.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The costs other than 1, in the order in which they are applied.</summary>
    public IReadOnlyList<MixCost> Costs { get; init; } = [];

    /// <summary>The splits that count; empty for the ranking splits.</summary>
    public IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>Whether it is the board's own ranking: equal weights, every mistake costs 1, the ranking splits.</summary>
    public bool IsDefault => Weights is null && Costs.Count == 0 && Splits.Count == 0;

    /// <summary>Whether a request has a parameter of a mix.</summary>
    /// <param name="parameters">Returns the text of a parameter; empty if it is absent.</param>
    public static bool IsIn(Func<string, string> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return ParameterNames.Any(name => parameters(name).Length > 0);
    }

    /// <summary>The weight of a class; 1 if all classes count the same.</summary>
    public double WeightOf(int index) => Weights is null ? 1 : Weights[index];

    /// <summary>The splits that count on a benchmark.</summary>
    public IReadOnlyList<string> SplitsOf(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return Splits.Count > 0 ? Splits : benchmark.Ranking.Splits;
    }

    /// <summary>The parameters with their values, as <see cref="MixReader"/> reads them; none for the default.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var parts = new List<(string Name, string Value)>();
        if (Weights is { } weights)
        {
            var known = benchmark.Classes.Where(c => weights[c.Index] > 0);
            parts.Add((WeightsName, string.Join(',', known.Select(c => $"{NameOf(benchmark, c)}:{Format(weights[c.Index])}"))));
        }

        if (Costs.Count > 0)
        {
            parts.Add((CostsName, string.Join(',', Costs.Select(c => c.Format(benchmark)))));
        }

        if (Splits.Count > 0)
        {
            parts.Add((SplitsName, string.Join(',', Splits)));
        }

        return parts;
    }

    /// <summary>The query string; empty for the default.</summary>
    public string ToQueryString(Benchmark benchmark)
    {
        string[] parts = [.. Parameters(benchmark).Select(p => $"{p.Name}={Escape(p.Value)}")];
        return parts.Length == 0 ? "" : "?" + string.Join('&', parts);
    }

    /// <summary>The name of a class in a URL: its short name, or its index if the name has a character of the syntax.</summary>
    internal static string NameOf(Benchmark benchmark, ClassLabel label) =>
        label.Short.IndexOfAny([',', ':', '>', '*']) < 0
        && label.Short.Trim() == label.Short
        && benchmark.ClassNames.Find(System.Text.Encoding.UTF8.GetBytes(label.Short)) == label.Index
            ? label.Short
            : label.Index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a weight or cost.</summary>
    internal static string Format(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>Keeps the punctuation of the syntax readable, which is allowed in the query of a URL.</summary>
    internal static string Escape(string value) =>
        Uri.EscapeDataString(value)
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal)
            .Replace("%2A", "*", StringComparison.Ordinal);
}

/// <summary>The cost of a confusion.</summary>
/// <param name="Actual">The true class; null for every class.</param>
/// <param name="Predicted">The predicted class; null for every other class.</param>
/// <param name="Cost">The cost, 0 to 100; other mistakes cost 1.</param>
public sealed record MixCost(int? Actual, int? Predicted, double Cost)
{
    /// <summary>Formats it as in the URL: Golgi&gt;Endosome:3.</summary>
    internal string Format(Benchmark benchmark) => $"{Name(benchmark, Actual)}>{Name(benchmark, Predicted)}:{MixQuery.Format(Cost)}";

    /// <summary>The confusions that it is about.</summary>
    internal IEnumerable<(int Actual, int Predicted)> Cells(int classCount) =>
        from actual in Expand(Actual, classCount)
        from predicted in Expand(Predicted, classCount)
        where actual != predicted
        select (actual, predicted);

    private static IEnumerable<int> Expand(int? index, int classCount) => index is { } one ? [one] : Enumerable.Range(0, classCount);

    private static string Name(Benchmark benchmark, int? index) =>
        index is { } known ? MixQuery.NameOf(benchmark, benchmark.Classes[known]) : "*";
}

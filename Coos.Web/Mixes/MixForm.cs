using System.Globalization;
using Coos.Server.Mixes;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Mixes;

/// <summary>
/// The form of a mix. A browser sends one field per class; the page redirects to the address with the same mix in the parameters of
/// the API, which is short enough to be shared.
/// </summary>
internal static class MixForm
{
    /// <summary>The field that marks a sent form. Such a request is always redirected.</summary>
    public const string MarkName = "form";

    /// <summary>The field of the classes that count, if the benchmark has more than <see cref="MaximumInputs"/>.</summary>
    public const string OnlyName = "only";

    /// <summary>The field of the true class of a cost.</summary>
    public const string FromName = "from";

    /// <summary>The field of the predicted class of a cost.</summary>
    public const string ToName = "to";

    /// <summary>The field of a cost.</summary>
    public const string CostName = "cost";

    /// <summary>The maximum number of classes that have an input each; of more, the reader ticks those that count.</summary>
    public const int MaximumInputs = 24;

    /// <summary>The number of costs that the form has room for, at least.</summary>
    public const int CostRows = 2;

    /// <summary>The field of the weight of a class.</summary>
    public static string WeightName(ClassLabel label) => $"w{label.Index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The query string of a sent form; null if no form was sent. Invalid values are passed on, for the page to explain.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="query">The fields.</param>
    public static string? FindAddress(Benchmark benchmark, IQueryCollection query)
    {
        if (!query.ContainsKey(MarkName))
        {
            return null;
        }

        var parts = new List<string>();
        Add(parts, MixQuery.WeightsName, ReadWeights(benchmark, query));
        Add(parts, MixQuery.CostsName, ReadCosts(query));
        var splits = query[MixQuery.SplitsName].OfType<string>().ToList();
        Add(parts, MixQuery.SplitsName, splits.ToHashSet().SetEquals(benchmark.Ranking.Splits) ? "" : string.Join(',', splits));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static void Add(List<string> parts, string name, string value)
    {
        if (value.Length > 0)
        {
            parts.Add($"{name}={MixQuery.Escape(value)}");
        }
    }

    private static string ReadWeights(Benchmark benchmark, IQueryCollection query)
    {
        if (benchmark.Classes.Count > MaximumInputs)
        {
            var only = query[OnlyName].OfType<string>().ToHashSet();
            var chosen = benchmark.Classes.Where(c => only.Contains(c.Index.ToString(CultureInfo.InvariantCulture))).ToList();
            return chosen.Count == benchmark.Classes.Count ? ""
                : chosen.Count == 0 ? "0:0"
                : string.Join(',', chosen.Select(c => $"{MixQuery.NameOf(benchmark, c)}:1"));
        }

        var weights = benchmark.Classes.Select(c => (Class: c, Text: query[WeightName(c)].ToString().Trim())).ToList();
        if (weights.All(w => w.Text == weights[0].Text) && weights[0].Text is not ("" or "0") && IsPositive(weights[0].Text))
        {
            return "";
        }

        var given = weights.Where(w => w.Text is not ("" or "0")).ToList();
        return given.Count == 0 ? "0:0" : string.Join(',', given.Select(w => $"{MixQuery.NameOf(benchmark, w.Class)}:{w.Text}"));
    }

    private static bool IsPositive(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0;

    /// <summary>Combines the rows of the costs; a row without a cost is left out.</summary>
    private static string ReadCosts(IQueryCollection query)
    {
        var (from, to, cost) = (query[FromName], query[ToName], query[CostName]);
        var rows = Enumerable.Range(0, Math.Min(from.Count, Math.Min(to.Count, cost.Count)));
        return string.Join(',', rows.Where(i => !string.IsNullOrWhiteSpace(cost[i])).Select(i => $"{from[i]}>{to[i]}:{cost[i]!.Trim()}"));
    }
}

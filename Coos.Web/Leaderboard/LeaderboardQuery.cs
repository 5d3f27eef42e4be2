using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Submissions;

namespace Coos.Web.Leaderboard;

/// <summary>Which part of a leaderboard is asked for, in which order. It is the state of the page, and lives in its URL.</summary>
public sealed record LeaderboardQuery
{
    public const int DefaultPageSize = 50;
    public const int MaximumPageSize = 500;
    public const int MaximumFilterLength = 100;

    /// <summary>The column: rank, method, submitter, kind, createdAt, gap, robustness or a split's name.</summary>
    public string Sort { get; init; } = "rank";

    public bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>A text that method or submitter must contain; empty for all.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The one kind to show; null for all.</summary>
    public SubmissionKind? Kind { get; init; }

    /// <summary>Reads a query string.</summary>
    /// <param name="benchmark">Whose columns may be sorted by.</param>
    /// <param name="parameters">sort, order, page, pageSize, q, kind.</param>
    /// <param name="problems">Where problems go; a wrong parameter counts as absent.</param>
    internal static LeaderboardQuery Read(Benchmark benchmark, IQueryCollection parameters, List<FieldProblem> problems)
    {
        var sort = OneOf("sort", Columns(benchmark), "rank", parameters, problems);
        var kind = OneOf("kind", ["submission", "baseline", "reported", ""], "", parameters, problems);
        var order = OneOf("order", ["asc", "desc"], sort == "createdAt" ? "desc" : "asc", parameters, problems);
        var filter = parameters["q"].ToString().Trim();
        if (filter.Length > MaximumFilterLength)
        {
            problems.Add(new FieldProblem("q", "too-long", $"q has {filter.Length:N0} characters; {MaximumFilterLength} are allowed"));
            filter = "";
        }

        return new LeaderboardQuery
        {
            Sort = sort,
            Descending = order == "desc",
            Page = Number("page", 1, int.MaxValue, 1, parameters, problems),
            PageSize = Number("pageSize", 1, MaximumPageSize, DefaultPageSize, parameters, problems),
            Filter = filter,
            Kind = kind.Length == 0 ? null : Enum.Parse<SubmissionKind>(kind, ignoreCase: true),
        };
    }

    /// <summary>The columns of a benchmark's leaderboard that can be sorted by.</summary>
    public static IReadOnlyList<string> Columns(Benchmark benchmark) =>
        ["rank", "method", "submitter", "kind", "createdAt", "gap", "robustness", .. benchmark.Splits.Select(s => s.Name)];

    /// <summary>The query string of this query, what is default left out.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>();
        Add("sort", Sort, "rank");
        Add("order", Descending ? "desc" : "asc", Sort == "createdAt" ? "desc" : "asc");
        Add("page", Page.ToString(CultureInfo.InvariantCulture), "1");
        Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture), DefaultPageSize.ToString(CultureInfo.InvariantCulture));
        Add("q", Filter, "");
        Add("kind", Kind is { } kind ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : "", "");
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string value, string fallback)
        {
            if (value != fallback)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    private static string OneOf(
        string name, IReadOnlyList<string> allowed, string fallback, IQueryCollection parameters, List<FieldProblem> problems)
    {
        var text = parameters[name].ToString();
        if (text.Length == 0)
        {
            return fallback;
        }

        if (allowed.FirstOrDefault(a => string.Equals(a, text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        problems.Add(new FieldProblem(name, "bad-value", $"{name} is not known; allowed: {string.Join(", ", allowed.Where(a => a.Length > 0))}"));
        return fallback;
    }

    private static int Number(string name, int minimum, int maximum, int fallback, IQueryCollection parameters, List<FieldProblem> problems)
    {
        var text = parameters[name].ToString();
        if (text.Length == 0)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        problems.Add(new FieldProblem(name, "bad-value", $"{name} is no whole number from {minimum} to {maximum}"));
        return fallback;
    }
}

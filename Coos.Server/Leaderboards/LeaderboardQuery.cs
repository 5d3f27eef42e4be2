using System.Globalization;
using System.Text.Json;
using Coos.Server.Leaderboards.Groups;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>The filter, order and page of a leaderboard request. It is the state of the page and is stored in the URL.</summary>
public sealed record LeaderboardQuery
{
    /// <summary>The default number of entries per page.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The maximum number of entries per page.</summary>
    public const int MaximumPageSize = 500;

    /// <summary>The maximum length of <see cref="Filter"/>.</summary>
    public const int MaximumFilterLength = 100;

    /// <summary>The column to sort by: rank, method, submitter, kind, createdAt, gap, robustness, a split's name, or group:SPLIT.</summary>
    public string Sort { get; init; } = "rank";

    /// <summary>Whether the order is reversed.</summary>
    public bool Descending { get; init; }

    /// <summary>The page number, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The maximum number of entries on the page.</summary>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Text that the method or submitter must contain; empty for all.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The kind to show; null for all.</summary>
    public SubmissionKind? Kind { get; init; }

    /// <summary>The family to show, in any case; null for all.</summary>
    public string? Family { get; init; }

    /// <summary>Shows only entries that state this about external data; null for all.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>Shows only entries that state this about their protocol.</summary>
    public ProtocolFilter Protocol { get; init; } = ProtocolFilter.None;

    /// <summary>Shows only submissions that this vouches for; null for all.</summary>
    public Verification? Verification { get; init; }

    /// <summary>The group of images whose scores are also shown; null for none.</summary>
    public GroupKey? Group { get; init; }

    /// <summary>Whether the page shows every column.</summary>
    public bool AllColumns { get; init; }

    /// <summary>The format in which the page offers its rows for copying: markdown or latex; null for none.</summary>
    public string? Copy { get; init; }

    /// <summary>Whether no filter is set.</summary>
    public bool IsUnfiltered =>
        this is { Filter: "", Kind: null, Family: null, ExternalData: null, Verification: null } && Protocol == ProtocolFilter.None;

    /// <summary>Reads a query string.</summary>
    /// <param name="benchmark">The benchmark, whose columns can be sorted by.</param>
    /// <param name="parameters">
    /// Returns the text of a parameter by its name, one of <see cref="ParameterNames"/>; empty if it is absent.
    /// </param>
    /// <param name="problems">Receives the problems; an invalid parameter is treated as absent.</param>
    internal static LeaderboardQuery Read(Benchmark benchmark, Func<string, string> parameters, List<FieldProblem> problems)
    {
        var sort = OneOf("sort", Columns(benchmark), "rank", parameters, problems);
        var group = GroupKey.Read(benchmark, parameters(GroupKey.ParameterName), problems);
        if (group is null && sort.StartsWith(GroupKey.SortPrefix, StringComparison.Ordinal))
        {
            problems.Add(new FieldProblem("sort", "bad-value", $"sort by {sort} needs a group; add {GroupKey.ParameterName}=COLUMN:VALUE"));
            sort = "rank";
        }

        var kind = OneOf("kind", ["submission", "baseline", "reported", ""], "", parameters, problems);
        var order = OneOf("order", ["asc", "desc"], sort == "createdAt" ? "desc" : "asc", parameters, problems);
        return new LeaderboardQuery
        {
            Sort = sort,
            Descending = order == "desc",
            Page = Number("page", 1, int.MaxValue, 1, parameters, problems),
            PageSize = Number("pageSize", 1, MaximumPageSize, DefaultPageSize, parameters, problems),
            Filter = Contained("q", parameters, problems),
            Kind = kind.Length == 0 ? null : Enum.Parse<SubmissionKind>(kind, ignoreCase: true),
            Family = Contained("family", parameters, problems) is { Length: > 0 } family ? family : null,
            ExternalData = Flag("externalData", parameters, problems),
            Protocol = new ProtocolFilter
            {
                Pretraining = Contained("pretraining", parameters, problems),
                Ensemble = Flag("ensemble", parameters, problems),
                TestTimeAdaptation = Flag("testTimeAdaptation", parameters, problems),
                TunedOn = OneOf("tunedOn", ["training", "reference", "other"], "", parameters, problems) is { Length: > 0 } tuned
                    ? Enum.Parse<TunedOn>(tuned, ignoreCase: true)
                    : null,
                MaxTrainingImages = Limit("maxTrainingImages", parameters, problems),
                MaxParameters = Limit("maxParameters", parameters, problems),
            },
            Verification = OneOf("verification", ["none", "signedIn", "organiser"], "", parameters, problems) is { Length: > 0 } level
                ? Enum.Parse<Verification>(level, ignoreCase: true)
                : null,
            Group = group,
            AllColumns = OneOf("columns", ["all"], "", parameters, problems).Length > 0,
            Copy = OneOf("copy", ["markdown", "latex"], "", parameters, problems) is { Length: > 0 } copy ? copy : null,
        };
    }

    /// <summary>The columns of a benchmark's leaderboard that can be sorted by.</summary>
    public static IReadOnlyList<string> Columns(Benchmark benchmark) =>
        [
            "rank",
            "method",
            "submitter",
            "kind",
            "createdAt",
            "gap",
            "robustness",
            .. benchmark.Splits.Select(s => s.Name),
            .. GroupColumns(benchmark),
        ];

    private static IEnumerable<string> GroupColumns(Benchmark benchmark) =>
        benchmark.Groups.Count == 0 ? [] : benchmark.TestSplits.Select(s => GroupKey.SortPrefix + s.Name);

    /// <summary>The names of all parameters; pages are cached by their values.</summary>
    public static IReadOnlyList<string> ParameterNames { get; } =
    [
        "sort",
        "order",
        "page",
        "pageSize",
        "q",
        "kind",
        "family",
        "externalData",
        .. ProtocolFilter.ParameterNames,
        "verification",
        GroupKey.ParameterName,
        "columns",
        "copy",
    ];

    /// <summary>The query without its group, and without an order by the scores of one.</summary>
    public LeaderboardQuery WithoutGroup() =>
        Sort.StartsWith(GroupKey.SortPrefix, StringComparison.Ordinal)
            ? this with
            {
                Group = null,
                Sort = "rank",
                Descending = false,
            }
            : this with
            {
                Group = null,
            };

    /// <summary>The query string of this query, without default values.</summary>
    public string ToQueryString()
    {
        var parts = Parameters().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}").ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    /// <summary>The parameters with non-default values.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters()
    {
        var parts = new List<(string Name, string Value)>();
        Add("sort", Sort, "rank");
        Add("order", Descending ? "desc" : "asc", Sort == "createdAt" ? "desc" : "asc");
        Add("page", Page.ToString(CultureInfo.InvariantCulture), "1");
        Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture), DefaultPageSize.ToString(CultureInfo.InvariantCulture));
        Add("q", Filter, "");
        Add("kind", Kind is { } kind ? JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : "", "");
        Add("family", Family ?? "", "");
        Add("externalData", Text(ExternalData), "");
        foreach (var (name, value) in Protocol.Parameters())
        {
            Add(name, value, "");
        }

        Add("verification", Verification is { } level ? JsonNamingPolicy.CamelCase.ConvertName(level.ToString()) : "", "");
        Add(GroupKey.ParameterName, Group?.ToString() ?? "", "");
        Add("columns", AllColumns ? "all" : "", "");
        Add("copy", Copy ?? "", "");
        return parts;

        void Add(string name, string value, string fallback)
        {
            if (value != fallback)
            {
                parts.Add((name, value));
            }
        }

        static string Text(bool? flag) => ProtocolFilter.ToText(flag);
    }

    private static string Contained(string name, Func<string, string> parameters, List<FieldProblem> problems)
    {
        var text = parameters(name).Trim();
        if (text.Length <= MaximumFilterLength)
        {
            return text;
        }

        problems.Add(
            new FieldProblem(name, "too-long", $"{name} has {text.Length:N0} characters; at most {MaximumFilterLength} are allowed")
        );
        return "";
    }

    private static long? Limit(string name, Func<string, string> parameters, List<FieldProblem> problems)
    {
        var text = parameters(name);
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        problems.Add(new FieldProblem(name, "bad-value", $"{name} must be a whole number from 0, in digits only"));
        return null;
    }

    private static bool? Flag(string name, Func<string, string> parameters, List<FieldProblem> problems) =>
        OneOf(name, ["true", "false"], "", parameters, problems) switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    private static string OneOf(
        string name,
        IReadOnlyList<string> allowed,
        string fallback,
        Func<string, string> parameters,
        List<FieldProblem> problems
    )
    {
        var text = parameters(name);
        if (text.Length == 0)
        {
            return fallback;
        }

        if (allowed.FirstOrDefault(a => string.Equals(a, text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        problems.Add(
            new FieldProblem(
                name,
                "bad-value",
                $"{name} has an unknown value; allowed: {string.Join(", ", allowed.Where(a => a.Length > 0))}"
            )
        );
        return fallback;
    }

    private static int Number(
        string name,
        int minimum,
        int maximum,
        int fallback,
        Func<string, string> parameters,
        List<FieldProblem> problems
    )
    {
        var text = parameters(name);
        if (text.Length == 0)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        problems.Add(new FieldProblem(name, "bad-value", $"{name} must be a whole number from {minimum} to {maximum}"));
        return fallback;
    }
}

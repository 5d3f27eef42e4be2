using System.Globalization;
using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Images;

/// <summary>Which images of a split are listed.</summary>
/// <param name="True">The true class; null for all.</param>
/// <param name="Predicted">The predicted class; null for all.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record ImageQuery(int? True, int? Predicted, int Page)
{
    /// <summary>The number of images on a page.</summary>
    public const int PageSize = 60;

    /// <summary>The first page of all images.</summary>
    public static ImageQuery All { get; } = new(null, null, 1);

    /// <summary>Reads the parameters of a request. A class is its index, its name or its short name.</summary>
    /// <param name="trueClass">The parameter <c>true</c>.</param>
    /// <param name="predicted">The parameter <c>predicted</c>.</param>
    /// <param name="page">The parameter <c>page</c>.</param>
    /// <param name="benchmark">The benchmark, which has the classes.</param>
    public static Result<ImageQuery> Read(string? trueClass, string? predicted, string? page, Benchmark benchmark)
    {
        var problems = new List<FieldProblem>();
        var query = new ImageQuery(
            ClassParameter.Read("true", trueClass, benchmark, problems),
            ClassParameter.Read("predicted", predicted, benchmark, problems),
            ReadPage(page, problems)
        );
        return problems.Count == 0 ? query : Refusal.BadQuery(problems);
    }

    /// <summary>The query string; empty for the first page of all images.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>();
        Add("true", True);
        Add("predicted", Predicted);
        Add("page", Page == 1 ? null : Page);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, int? value)
        {
            if (value is { } known)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={known}"));
            }
        }
    }

    /// <summary>Takes the images of the page from all that match.</summary>
    public IEnumerable<int> Take(IEnumerable<int> positions) => positions.Skip((Page - 1) * PageSize).Take(PageSize);

    /// <summary>Reads the number of a page; 1 if it is empty or invalid, which is a problem.</summary>
    internal static int ReadPage(string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 1;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= 1_000_000)
        {
            return page;
        }

        problems.Add(new FieldProblem("page", "bad-value", $"page is \"{text.Shorten()}\"; allowed: a whole number from 1"));
        return 1;
    }
}

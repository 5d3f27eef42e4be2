using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>Answers that several calls about benchmarks share.</summary>
internal static class BenchmarkAnswers
{
    /// <summary>There is no such benchmark; these there are.</summary>
    public static ProblemHttpResult NotFound(string slug, BenchmarkCatalog catalog)
    {
        var shown = slug.Length <= 60 ? slug : slug[..60] + "...";
        return ProblemAnswers.NotFound($"There is no benchmark \"{shown}\"; there are: {string.Join(", ", catalog.All.Select(f => f.Benchmark.Slug))}.");
    }
}

using Coos.Server.Benchmarks;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>Answers that several calls about benchmarks share.</summary>
internal static class BenchmarkAnswers
{
    /// <summary>There is no such benchmark; these there are.</summary>
    public static ProblemHttpResult NotFound(string slug, BenchmarkCatalog catalog) => ProblemAnswers.Of(catalog.Unknown(slug));
}

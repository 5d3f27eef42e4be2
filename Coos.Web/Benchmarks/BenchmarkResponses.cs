using Coos.Server.Benchmarks;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>Responses that several benchmark endpoints share.</summary>
internal static class BenchmarkResponses
{
    /// <summary>The benchmark does not exist; the response lists those that do.</summary>
    public static ProblemHttpResult NotFound(string slug, BenchmarkCatalog catalog) => ProblemResponses.Of(catalog.Unknown(slug));
}

using Coos.Server.Benchmarks;
using Coos.Web.Confusion;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>Registers the caches of pages that show results.</summary>
internal static class LeaderboardServices
{
    /// <summary>Adds the output cache with its policy for results, and the cache of drawn matrices.</summary>
    public static IServiceCollection AddCoosResultPages(this IServiceCollection services)
    {
        services.AddSingleton<BestMatrices>();
        services.AddScoped<MatrixImages>();
        services.AddSingleton<IPageCache, OutputCachePages>();
        services.AddOutputCache();
        services
            .AddOptions<OutputCacheOptions>()
            .Configure<BenchmarkCatalog>(
                (options, catalog) =>
                {
                    options.AddPolicy(ResultsCachePolicy.Name, ResultsCachePolicy.ForBenchmark(catalog));
                    options.AddPolicy(ResultsCachePolicy.SplitName, ResultsCachePolicy.ForSplit(catalog));
                    options.AddPolicy(ResultsCachePolicy.PlatesName, ResultsCachePolicy.ForPlates(catalog));
                    options.AddPolicy(ResultsCachePolicy.ComparisonsName, ResultsCachePolicy.ForComparisons(catalog));
                }
            );
        return services;
    }
}

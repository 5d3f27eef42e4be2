using Coos.Web.Benchmarks;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboard;

/// <summary>Registers leaderboards and their cache.</summary>
internal static class LeaderboardServices
{
    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosLeaderboard(this IServiceCollection services)
    {
        services.AddScoped<LeaderboardReader>();
        services.AddSingleton<LeaderboardCache>();
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<BenchmarkCatalog>(
            (options, catalog) => options.AddPolicy(ResultsCachePolicy.Name, new ResultsCachePolicy(catalog)));
        return services;
    }
}

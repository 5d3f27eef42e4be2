using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Changes;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Scoring;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>Registers leaderboards and their cache.</summary>
internal static class LeaderboardServices
{
    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosLeaderboard(this IServiceCollection services)
    {
        services.AddSingleton<LeaderboardReader>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<RankTester>();
        services.AddSingleton<BoardStore>();
        services.AddSingleton<BestMatrices>();
        services.AddSingleton<BoardSwap>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ResultVersions>();
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<BenchmarkCatalog>(
            (options, catalog) => options.AddPolicy(ResultsCachePolicy.Name, new ResultsCachePolicy(catalog)));
        return services;
    }
}

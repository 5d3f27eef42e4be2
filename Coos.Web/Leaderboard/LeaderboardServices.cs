using Coos.Web.Benchmarks;
using Coos.Web.Leaderboard.Changes;
using Coos.Web.Leaderboard.RankTests;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboard;

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
        services.AddSingleton<LeaderboardCache>();
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<BenchmarkCatalog>(
            (options, catalog) => options.AddPolicy(ResultsCachePolicy.Name, new ResultsCachePolicy(catalog)));
        return services;
    }
}

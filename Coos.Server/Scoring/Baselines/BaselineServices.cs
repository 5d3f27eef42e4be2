namespace Coos.Server.Scoring.Baselines;

/// <summary>Registers the baselines.</summary>
internal static class BaselineServices
{
    /// <summary>Adds what brings them from the benchmark folders onto the leaderboards.</summary>
    public static IServiceCollection AddCoosBaselines(this IServiceCollection services)
    {
        services.AddSingleton<BaselineProblems>();
        services.AddSingleton<BaselineReader>();
        services.AddSingleton<BaselineImport>();
        return services;
    }
}

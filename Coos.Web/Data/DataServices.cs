using Coos.Web.Configuration;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Data;

/// <summary>Registers the database and brings it up to date.</summary>
internal static class DataServices
{
    /// <summary>Adds the database context, pooled, and a factory for what lives longer than a request.</summary>
    public static IServiceCollection AddCoosData(this IServiceCollection services, CoosSettings settings)
    {
        services.AddPooledDbContextFactory<CoosDbContext>(options => options
            .UseSqlite(settings.ConnectionString, sqlite => sqlite.CommandTimeout(30))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContext());
        services.AddHealthChecks().AddDbContextCheck<CoosDbContext>("database", tags: ["ready"]);
        return services;
    }

    /// <summary>Applies the migrations that are missing; EF Core holds its migration lock meanwhile.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync();
        await database.Database.MigrateAsync();

        // Readers and the one writer do not wait for each other; stays set in the file.
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
    }
}

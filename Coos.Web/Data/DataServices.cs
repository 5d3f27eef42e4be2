using Coos.Web.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Coos.Web.Data;

/// <summary>Registers the database and brings it up to date.</summary>
internal static class DataServices
{
    /// <summary>Adds the database context, pooled, and a factory for what lives longer than a request.</summary>
    public static IServiceCollection AddCoosData(this IServiceCollection services, CoosSettings settings)
    {
        services.AddPooledDbContextFactory<CoosDbContext>(options => options
            .UseSqlite(settings.ConnectionString, sqlite => sqlite.CommandTimeout(30))
            // A broken unique index is an answer here (the same predictions twice); what is not expected is logged where it surfaces.
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.SaveChangesFailed, RelationalEventId.CommandError))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContext());
        services.AddHealthChecks().AddDbContextCheck<CoosDbContext>("database", tags: ["ready"]);
        return services;
    }

    /// <summary>Applies the migrations that are missing; EF Core holds its migration lock meanwhile.</summary>
    /// <exception cref="StartException">The database cannot be opened or changed.</exception>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync();
        try
        {
            await database.Database.MigrateAsync();

            // Readers and the one writer do not wait for each other; stays set in the file.
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        }
        catch (SqliteException e)
        {
            var file = database.Database.GetDbConnection().DataSource;
            throw new StartException($"ConnectionStrings:Coos, Coos:DataDirectory: \"{file}\" cannot be opened as database ({e.Message.TrimEnd('.')}); name a file in a folder that this user may write", e);
        }
    }
}

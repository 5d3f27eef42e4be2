using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Coos.Server.Data;

/// <summary>Registers the database and brings it up to date.</summary>
internal static class DataServices
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the database context, pooled, and a factory for what lives longer than a request.</summary>
    public static IServiceCollection AddCoosData(this IServiceCollection services, CoosSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Postgres)
        {
            services.AddPooledDbContextFactory<PostgresDbContext>(options => Configure(options, settings));
            services.AddSingleton<IDbContextFactory<CoosDbContext>, DerivedFactory<PostgresDbContext>>();
        }
        else
        {
            services.AddPooledDbContextFactory<CoosDbContext>(options => Configure(options, settings));
        }

        services.AddSingleton<WriteLock>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContext());
        return services;
    }

    /// <summary>Applies the migrations that are missing; call it under the <see cref="StartLock"/>.</summary>
    /// <exception cref="StartException">The database cannot be opened or changed.</exception>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync();
        await MigrateAsync(database);
    }

    /// <summary>The same for a context.</summary>
    public static async Task MigrateAsync(CoosDbContext database)
    {
        try
        {
            if (database.Database.IsSqlite())
            {
                await ForgetAbandonedLockAsync(database);
            }

            await RefuseUnknownMigrationsAsync(database);
            await database.Database.MigrateAsync();
            if (database.Database.IsSqlite())
            {
                // Readers and the one writer do not wait for each other; stays set in the file.
                await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
            }
        }
        catch (DbException e)
        {
            throw StartProblem.Of(database.Database.GetDbConnection(), e);
        }
    }

    /// <summary>Migrations are squashed before 0.1.0 (docs/decisions/0077): a database of an earlier build would fail half way, with a misleading message.</summary>
    private static async Task RefuseUnknownMigrationsAsync(CoosDbContext database)
    {
        var applied = await database.Database.GetAppliedMigrationsAsync();
        if (applied.Except(database.Database.GetMigrations()).FirstOrDefault() is { } unknown)
        {
            throw new StartException(
                $"The database has the migration {unknown}, which this version does not know: a newer version made it, or a build before 0.1.0. "
                    + "Nothing was changed. Start the version that made it, or use another database; docs/operations.md (Upgrade) says more"
            );
        }
    }

    /// <summary>
    /// EF Core's own lock on SQLite is a row, which stays for ever where a process was killed while it migrated; every
    /// later start would wait for it. The start lock keeps others out, so what is left is nobody's.
    /// </summary>
    private static async Task ForgetAbandonedLockAsync(CoosDbContext database)
    {
        var isThere = await database
            .Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync();
        if (isThere > 0)
        {
            await database.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock");
        }
    }

    /// <summary>Sets up a context.</summary>
    internal static void Configure(DbContextOptionsBuilder options, CoosSettings settings)
    {
        _ =
            settings.Provider == DatabaseProvider.Postgres
                ? options.UseNpgsql(
                    PostgresPools.ForData(settings.ConnectionString),
                    postgres => postgres.CommandTimeout((int)CommandTimeout.TotalSeconds)
                )
                : options.UseSqlite(settings.ConnectionString, sqlite => sqlite.CommandTimeout((int)CommandTimeout.TotalSeconds));
        options
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution)
            // Predictions that were sent twice fail on an index, as they should. Whoever catches an exception logs it.
            .ConfigureWarnings(warnings =>
                warnings
                    .Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug))
                    // Meant: PostgresDbContext maps the data of passkeys in its own way.
                    .Ignore(CoreEventId.MappedEntityTypeIgnoredWarning)
            );
    }

    /// <summary>Makes contexts of the type that the rest of the server knows.</summary>
    private sealed class DerivedFactory<T>(IDbContextFactory<T> factory) : IDbContextFactory<CoosDbContext>
        where T : CoosDbContext
    {
        public CoosDbContext CreateDbContext() => factory.CreateDbContext();

        public async Task<CoosDbContext> CreateDbContextAsync(CancellationToken cancellationToken) =>
            await factory.CreateDbContextAsync(cancellationToken);
    }
}

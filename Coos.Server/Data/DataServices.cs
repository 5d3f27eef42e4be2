using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Coos.Server.Data;

/// <summary>Registers the database and applies its migrations.</summary>
internal static class DataServices
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the pooled database context, and a factory for services that live longer than a request.</summary>
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
        services.AddSingleton<ServerSecrets>();
        services.AddSingleton<RunLock>();
        services.AddHostedService(provider => provider.GetRequiredService<RunLock>());
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContext());
        return services;
    }

    /// <summary>Applies pending migrations. The caller must hold the <see cref="StartLock"/>.</summary>
    /// <exception cref="StartException">The database cannot be opened or changed.</exception>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync();
        await MigrateAsync(database);
    }

    /// <summary>Applies pending migrations to the database of a context.</summary>
    public static async Task MigrateAsync(CoosDbContext database)
    {
        try
        {
            if (database.Database.IsSqlite())
            {
                DatabaseFile.Create(database.Database.GetConnectionString()!);
                await DeleteAbandonedLockAsync(database);
            }

            var missing = await FindMissingMigrationsAsync(database);
            if (missing.Count > 0)
            {
                // Even without migrations to apply, this compares the whole model with the last migration, which a test does once.
                await database.Database.MigrateAsync();
            }

            if (database.Database.IsSqlite())
            {
                // With WAL, readers and the writer do not block each other. The mode is stored in the file.
                await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
                DatabaseFile.Restrict(database.Database.GetConnectionString()!);
            }
        }
        catch (DbException e)
        {
            throw StartProblem.From(database.Database.GetDbConnection(), e);
        }
    }

    /// <summary>
    /// Returns the migrations to apply. Rejects a database with migrations that this version does not have. Migrations were squashed
    /// before 0.1.0 (docs/decisions/0077), so migrating a database of an earlier build would fail halfway with a misleading message.
    /// </summary>
    private static async Task<IReadOnlyList<string>> FindMissingMigrationsAsync(CoosDbContext database)
    {
        string[] applied = [.. await database.Database.GetAppliedMigrationsAsync()];
        string[] known = [.. database.Database.GetMigrations()];
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StartException(
                $"The database has the migration {unknown}, which this version does not know. "
                    + "A newer version or a build before 0.1.0 created it. Nothing was changed. "
                    + "Start the version that created it, or use another database; see docs/operations.md (Upgrade)"
            );
        }

        return [.. known.Except(applied)];
    }

    /// <summary>
    /// Deletes EF Core's own migration lock. On SQLite it is a row, which stays if a process is killed while it migrates, and
    /// every later start would wait for it. The caller holds the start lock, so no other process can own this row.
    /// </summary>
    private static async Task DeleteAbandonedLockAsync(CoosDbContext database)
    {
        var count = await database
            .Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync();
        if (count > 0)
        {
            await database.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock");
        }
    }

    /// <summary>Configures a context.</summary>
    internal static void Configure(DbContextOptionsBuilder options, CoosSettings settings)
    {
        _ =
            settings.Provider == DatabaseProvider.Postgres
                ? options.UseNpgsql(
                    PostgresPools.ForData(settings.ConnectionString),
                    postgres => postgres.CommandTimeout((int)CommandTimeout.TotalSeconds)
                )
                : options
                    .UseSqlite(settings.ConnectionString, sqlite => sqlite.CommandTimeout((int)CommandTimeout.TotalSeconds))
                    .AddInterceptors(SqliteDurability.Instance);
        options
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution)
            // Duplicate predictions violate a unique index, which is expected. Other exceptions are logged where they are caught.
            .ConfigureWarnings(warnings =>
                warnings
                    .Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug))
                    // Intended: PostgresDbContext maps the passkey data itself.
                    .Ignore(CoreEventId.MappedEntityTypeIgnoredWarning)
            );
    }

    /// <summary>Creates contexts of a derived type for services that ask for the base type.</summary>
    private sealed class DerivedFactory<T>(IDbContextFactory<T> factory) : IDbContextFactory<CoosDbContext>
        where T : CoosDbContext
    {
        public CoosDbContext CreateDbContext() => factory.CreateDbContext();

        public async Task<CoosDbContext> CreateDbContextAsync(CancellationToken cancellationToken) =>
            await factory.CreateDbContextAsync(cancellationToken);
    }
}

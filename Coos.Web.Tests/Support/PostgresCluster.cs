using System.Diagnostics.CodeAnalysis;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Coos.Web.Tests.Support;

/// <summary>The PostgreSQL server of the tests, started when the first one needs it. Without PostgreSQL those tests are skipped.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(() => PrivatePostgres.StartAsync(durable: false));
    private static readonly Lazy<Task<NpgsqlConnectionStringBuilder>> Template = new(CreateTemplateAsync);
    private static int _copies;

    /// <summary>Creates a database with the current tables: a copy of one that was migrated once, because migrating takes longer.</summary>
    /// <returns>Its connection string.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "The names of the databases are made here and in PrivatePostgres.")]
    public static async Task<string> CreateDatabaseAsync()
    {
        var template = await RunAsync(() => Template.Value);
        var copy = new NpgsqlConnectionStringBuilder(template.ConnectionString)
        {
            Database = FormattableString.Invariant($"copy{Interlocked.Increment(ref _copies)}"),
            Pooling = true,
            MaxPoolSize = 20,
        };
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(template.ConnectionString) { Database = "postgres", Pooling = true }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {copy.Database} TEMPLATE {template.Database}", connection);
        await command.ExecuteNonQueryAsync();
        return copy.ConnectionString;
    }

    /// <summary>Creates a database without tables.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateEmptyDatabaseAsync() =>
        await RunAsync(async () => await (await Server.Value).CreateDatabaseAsync()) + ";Maximum Pool Size=20";

    public async ValueTask DisposeAsync()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            NpgsqlConnection.ClearAllPools();
            await (await Server.Value).DisposeAsync();
        }
    }

    private static async Task<NpgsqlConnectionStringBuilder> CreateTemplateAsync()
    {
        var server = await Server.Value;

        // A database that is copied must have no connections.
        var template = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Pooling = false };
        var options = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(template.ConnectionString);
        await using var database = new PostgresDbContext(options.Options);
        await database.Database.MigrateAsync();

        // The tables of jobs too, which a server creates when it first asks for its storage.
        await using var connection = new NpgsqlConnection(template.ConnectionString);
        await connection.OpenAsync();
        PostgreSqlObjectsInstaller.Install(connection, JobStorages.Schema);
        return template;
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> create)
    {
        try
        {
            return await create();
        }
        catch (InvalidOperationException e) when (Server.Value.IsFaulted)
        {
            Assert.Skip($"No PostgreSQL: {e.Message}");
            throw;
        }
    }
}

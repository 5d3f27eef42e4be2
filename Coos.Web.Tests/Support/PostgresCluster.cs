using Coos.Web.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Coos.Web.Tests.Support;

/// <summary>The PostgreSQL server of the tests, started when the first one needs it. Without PostgreSQL those tests are skipped.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(() => PrivatePostgres.StartAsync(durable: false));

    /// <summary>Creates a database.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        try
        {
            var server = await Server.Value;
            return await server.CreateDatabaseAsync() + ";Maximum Pool Size=20";
        }
        catch (InvalidOperationException e) when (Server.Value.IsFaulted)
        {
            Assert.Skip($"No PostgreSQL: {e.Message}");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await (await Server.Value).DisposeAsync();
        }
    }
}

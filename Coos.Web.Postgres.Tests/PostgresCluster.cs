using Coos.Web.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Coos.Web.Tests.Support;

/// <summary>The PostgreSQL server of these tests, which are skipped with a reason if there is none.</summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private static PrivatePostgres? _server;
    private static string _missing = "it was not started";

    /// <summary>Creates a database and returns its connection string.</summary>
    public static string CreateDatabase()
    {
        Assert.SkipWhen(_server is null, $"No PostgreSQL: {_missing}");
        return _server!.CreateDatabaseAsync().GetAwaiter().GetResult() + ";Maximum Pool Size=20";
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            _server = await PrivatePostgres.StartAsync(durable: false);
        }
        catch (InvalidOperationException e)
        {
            _missing = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
        }
    }
}

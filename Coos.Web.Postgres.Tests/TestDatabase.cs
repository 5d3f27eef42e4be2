using Coos.Server.Data;

namespace Coos.Web.Tests.Support;

/// <summary>The database of a server under test: here one of its own on PostgreSQL.</summary>
internal sealed class TestDatabase
{
    /// <summary>Whether the tests of this project run on PostgreSQL.</summary>
    public const bool IsPostgres = true;

    private readonly Lazy<string> _connection = new(PostgresCluster.NewDatabase);

    /// <summary>What the server is told.</summary>
    public IReadOnlyList<string> Arguments => [$"--ConnectionStrings:Coos={_connection.Value}"];

    /// <summary>Lets go of what is left open.</summary>
    public void Release()
    {
        if (_connection.IsValueCreated)
        {
            // A server has a pool for its data and one for its jobs, and a test may open the database itself.
            foreach (
                var pool in (string[])
                    [_connection.Value, PostgresPools.ForData(_connection.Value), PostgresPools.ForJobs(_connection.Value)]
            )
            {
                using var connection = new Npgsql.NpgsqlConnection(pool);
                Npgsql.NpgsqlConnection.ClearPool(connection);
            }
        }
    }
}

using Coos.Server.Data;

namespace Coos.Web.Tests.Support;

/// <summary>The database of a test server: here a new PostgreSQL database.</summary>
internal sealed class TestDatabase
{
    /// <summary>Whether the tests of this project run on PostgreSQL.</summary>
    public const bool IsPostgres = true;

    private readonly Lazy<string> _connection = new(PostgresCluster.CreateDatabase);

    /// <summary>The command-line arguments of the server.</summary>
    public IReadOnlyList<string> Arguments => [$"--ConnectionStrings:Coos={_connection.Value}"];

    /// <summary>Closes pooled connections.</summary>
    public void Release()
    {
        if (_connection.IsValueCreated)
        {
            // A server has one pool for data and one for jobs, and a test may open the database itself.
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

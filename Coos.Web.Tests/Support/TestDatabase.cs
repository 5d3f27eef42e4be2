using Coos.Server.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Coos.Web.Tests.Support;

/// <summary>
/// The database of a test server: a SQLite file in its data folder, or a new PostgreSQL database if the environment variable
/// <c>COOS_TEST_DATABASE</c> is <c>PostgreSQL</c>. <c>test.sh</c> runs the tests of the API and of reliability on both.
/// </summary>
internal sealed class TestDatabase
{
    private readonly Lazy<string> _connection = new(() => PostgresCluster.CreateDatabaseAsync().GetAwaiter().GetResult());

    /// <summary>Whether the tests run on PostgreSQL.</summary>
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("COOS_TEST_DATABASE") == "PostgreSQL";

    /// <summary>The command-line arguments of the server.</summary>
    public IReadOnlyList<string> Arguments => IsPostgres ? [$"--ConnectionStrings:Coos={_connection.Value}"] : [];

    /// <summary>
    /// Creates the data folder of a server with a migrated database, unless the folder exists or the database is elsewhere.
    /// </summary>
    public static void Prepare(string data)
    {
        if (!IsPostgres && !Directory.Exists(data))
        {
            MigratedFile.CopyTo(data);
        }
    }

    /// <summary>Closes pooled connections.</summary>
    public void Release()
    {
        if (!IsPostgres)
        {
            SqliteConnection.ClearAllPools();
        }
        else if (_connection.IsValueCreated)
        {
            // A server has one pool for data and one for jobs, and a test may open the database itself.
            foreach (
                var pool in (string[])
                    [_connection.Value, PostgresPools.ForData(_connection.Value), PostgresPools.ForJobs(_connection.Value)]
            )
            {
                using var connection = new NpgsqlConnection(pool);
                NpgsqlConnection.ClearPool(connection);
            }
        }
    }
}

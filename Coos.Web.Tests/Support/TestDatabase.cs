namespace Coos.Web.Tests.Support;

/// <summary>The database of a test server: here a SQLite file in its data folder. Coos.Web.Postgres.Tests has its own class.</summary>
internal sealed class TestDatabase
{
    /// <summary>Whether the tests of this project run on PostgreSQL.</summary>
    public const bool IsPostgres = false;

    /// <summary>The command-line arguments of the server.</summary>
    public IReadOnlyList<string> Arguments => [];

    /// <summary>Closes pooled connections.</summary>
    public void Release() => Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
}

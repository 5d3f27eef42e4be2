namespace Coos.Web.Tests.Support;

/// <summary>The database of a server under test: here a file in its data folder. Coos.Web.Postgres.Tests has another.</summary>
internal sealed class TestDatabase
{
    /// <summary>Whether the tests of this project run on PostgreSQL.</summary>
    public const bool IsPostgres = false;

    /// <summary>What the server is told.</summary>
    public IReadOnlyList<string> Arguments => [];

    /// <summary>Lets go of what is left open.</summary>
    public void Release() => Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
}

using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Makes the database reject writes of rows with a value in a column until disposed, as on a full disk.</summary>
internal sealed class BlockedTable : IAsyncDisposable
{
    private readonly CoosDbContext _database;
    private readonly string _table;

    private BlockedTable(CoosDbContext database, string table) => (_database, _table) = (database, table);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Blocks writes to a table.</summary>
    public static async Task<BlockedTable> CreateAsync(TestServer server, string table, string column)
    {
        var database = await server.OpenDatabaseAsync();
        string[] statements = TestDatabase.IsPostgres
            ? [$"""ALTER TABLE "{table}" ADD CONSTRAINT blocked CHECK ("{column}" IS NULL) NOT VALID"""]
            :
            [
                $"""CREATE TRIGGER blocked_insert BEFORE INSERT ON "{table}" WHEN NEW."{column}" IS NOT NULL """
                    + "BEGIN SELECT RAISE(ABORT, 'blocked'); END",
                $"""CREATE TRIGGER blocked_update BEFORE UPDATE ON "{table}" WHEN NEW."{column}" IS NOT NULL """
                    + "BEGIN SELECT RAISE(ABORT, 'blocked'); END",
            ];
        await RunAsync(database, statements);
        return new BlockedTable(database, table);
    }

    public async ValueTask DisposeAsync()
    {
        string[] statements = TestDatabase.IsPostgres
            ? [$"""ALTER TABLE "{_table}" DROP CONSTRAINT blocked"""]
            : ["DROP TRIGGER blocked_insert", "DROP TRIGGER blocked_update"];
        await RunAsync(_database, statements);
        await _database.DisposeAsync();
    }

    private static async Task RunAsync(CoosDbContext database, string[] statements)
    {
        foreach (var statement in statements)
        {
            await database.Database.ExecuteSqlRawAsync(statement, Cancellation);
        }
    }
}

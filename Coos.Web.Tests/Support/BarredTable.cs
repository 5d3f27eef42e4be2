using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A table whose rows the database refuses to write where they have a value in some column, until this is disposed: as a full disk would.</summary>
internal sealed class BarredTable : IAsyncDisposable
{
    private readonly CoosDbContext _database;
    private readonly string _table;

    private BarredTable(CoosDbContext database, string table) => (_database, _table) = (database, table);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Bars a table.</summary>
    public static async Task<BarredTable> CloseAsync(OwnServer server, string table, string column)
    {
        var database = await server.OpenDatabaseAsync();
        string[] statements = TestDatabase.IsPostgres
            ? [$"""ALTER TABLE "{table}" ADD CONSTRAINT barred CHECK ("{column}" IS NULL) NOT VALID"""]
            :
            [
                $"""CREATE TRIGGER barred_insert BEFORE INSERT ON "{table}" WHEN NEW."{column}" IS NOT NULL BEGIN SELECT RAISE(ABORT, 'barred'); END""",
                $"""CREATE TRIGGER barred_update BEFORE UPDATE ON "{table}" WHEN NEW."{column}" IS NOT NULL BEGIN SELECT RAISE(ABORT, 'barred'); END""",
            ];
        await RunAsync(database, statements);
        return new BarredTable(database, table);
    }

    public async ValueTask DisposeAsync()
    {
        string[] statements = TestDatabase.IsPostgres
            ? [$"""ALTER TABLE "{_table}" DROP CONSTRAINT barred"""]
            : ["DROP TRIGGER barred_insert", "DROP TRIGGER barred_update"];
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

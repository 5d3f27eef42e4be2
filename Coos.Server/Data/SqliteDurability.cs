using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Coos.Server.Data;

/// <summary>
/// Makes each commit to SQLite wait for the disk, so that a power cut loses nothing that was acknowledged. The setting belongs to
/// a connection and is not stored in the file. A build of SQLite may have another default, and pooled connections keep what was
/// set before, so it is set each time a connection is opened.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA synchronous = FULL";

    private SqliteDurability() { }

    /// <summary>The only instance, because it has no state.</summary>
    public static SqliteDurability Instance { get; } = new();

    /// <summary>Sets it for an open connection.</summary>
    public static async Task RequireAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    ) => RequireAsync(connection, cancellationToken);
}

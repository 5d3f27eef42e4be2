using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Tests.Data;

/// <summary>The migrations of both databases lead to the current model. CONTRIBUTING.md has the commands to add one to each.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void SQLite_migrations_are_complete()
    {
        using var database = new DesignTimeFactory().CreateDbContext([]);

        Assert.False(
            database.Database.HasPendingModelChanges(),
            "dotnet ef migrations add Name --project Coos.Web --context CoosDbContext"
        );
    }

    [Fact]
    public void PostgreSQL_migrations_are_complete()
    {
        using var database = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(
            database.Database.HasPendingModelChanges(),
            "dotnet ef migrations add Name --project Coos.Web --context PostgresDbContext"
        );
    }
}

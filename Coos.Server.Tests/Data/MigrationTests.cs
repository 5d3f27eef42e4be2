using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Tests.Data;

/// <summary>Both sets of migrations lead to the model as it is. CONTRIBUTING.md has the commands that add one to each.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void SQLite_lacks_no_migration()
    {
        using var database = new DesignTimeFactory().CreateDbContext([]);

        Assert.False(
            database.Database.HasPendingModelChanges(),
            "dotnet ef migrations add Name --project Coos.Web --context CoosDbContext"
        );
    }

    [Fact]
    public void PostgreSQL_lacks_no_migration()
    {
        using var database = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(
            database.Database.HasPendingModelChanges(),
            "dotnet ef migrations add Name --project Coos.Web --context PostgresDbContext"
        );
    }
}

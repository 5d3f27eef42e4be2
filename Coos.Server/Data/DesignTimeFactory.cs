using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Coos.Server.Data;

/// <summary>Lets <c>dotnet ef migrations add --context CoosDbContext</c> create a context without starting the server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CoosDbContext>
{
    public CoosDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CoosDbContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>Lets <c>dotnet ef migrations add --context PostgresDbContext</c> create a context without a PostgreSQL server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql("Host=design-time").Options);
}

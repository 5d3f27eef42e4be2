using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Data;

/// <summary>The same model on PostgreSQL. A type of its own, for EF Core keeps a set of migrations for each type of context.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : CoosDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // jsonb keeps the meaning and not the text, so that a backup would not come back as it was.
        builder.Entity<IdentityUserPasskey<Guid>>().OwnsOne(p => p.Data).HasColumnType("json");
    }
}

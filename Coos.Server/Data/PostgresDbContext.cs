using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Coos.Server.Data;

/// <summary>The same model on PostgreSQL. A type of its own, for EF Core keeps a set of migrations for each type of context.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : CoosDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // jsonb keeps the meaning and not the text, so that a backup would not come back as it was; and EF Core's own
        // mapping of objects to JSON cannot read a column of the type json. Both write the same names and values.
        builder.Ignore<IdentityPasskeyData>();
        builder
            .Entity<IdentityUserPasskey<Guid>>()
            .Property(p => p.Data)
            .HasColumnType("json")
            .IsRequired()
            .HasConversion(
                data => Write(data),
                text => JsonSerializer.Deserialize<IdentityPasskeyData>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<IdentityPasskeyData>(
                    (a, b) => Write(a) == Write(b),
                    data => Write(data).GetHashCode(StringComparison.Ordinal),
                    data => JsonSerializer.Deserialize<IdentityPasskeyData>(Write(data), JsonSerializerOptions.Default)!
                )
            );
    }

    private static string Write(IdentityPasskeyData? data) => JsonSerializer.Serialize(data, JsonSerializerOptions.Default);
}

using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Coos.Server.Data;

/// <summary>The same model on PostgreSQL. It needs its own type, because EF Core keeps one set of migrations per context type.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : CoosDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // jsonb does not preserve the text, so a restored backup would differ from the original, and EF Core's own mapping of
        // objects to JSON cannot read columns of the type json. Both mappings write the same names and values.
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

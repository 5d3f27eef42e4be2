using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>An API token. Only its hash is stored.</summary>
internal sealed class ApiToken
{
    public const int NameLength = 60;
    public const int HashLength = 64;

    public required Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Account? Account { get; init; }

    /// <summary>The name that the owner gave the token.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 hash of the token, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public TokenScopes Scopes { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>The time of last use, to the minute; null if never used.</summary>
    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder)
        {
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.Name).HasMaxLength(NameLength);
            builder.Property(t => t.Hash).HasMaxLength(HashLength);
            builder.HasIndex(t => t.Hash).IsUnique();
            builder.HasOne(t => t.Account).WithMany().HasForeignKey(t => t.AccountId);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>What a program signs in with. Only its hash is kept.</summary>
internal sealed class ApiToken
{
    public const int NameLength = 60;
    public const int HashLength = 64;

    public required Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Account? Account { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public TokenScopes Scopes { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>To the minute; null for never.</summary>
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

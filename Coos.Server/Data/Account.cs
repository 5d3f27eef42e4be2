using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// A user account. The user name is public, because the leaderboard shows it with submissions. A mail address is stored only
/// if the server can send mail.
/// </summary>
internal sealed class Account : IdentityUser<Guid>
{
    public DateTime CreatedAt { get; init; }

    /// <summary>The team whose name appears on the account's submissions; null for none.</summary>
    public Guid? TeamId { get; set; }

    public bool IsOrganiser { get; set; }

    /// <summary>When an organiser closed the account. Its submissions are kept.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>
    /// When its owner deleted it. The row stays without a name, mail address and sign-ins, because answers, quotas and anonymous
    /// submissions count for its id.
    /// </summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The account's own daily quota per benchmark, granted by an organiser; null for the default quota.</summary>
    public int? QuotaPerDay { get; set; }

    /// <summary>
    /// The network from which it was registered, /24 for IPv4 and /48 for IPv6; null if unknown. The address itself is not stored.
    /// </summary>
    public string? Network { get; init; }

    /// <summary>Enough for the text of any network.</summary>
    public const int NetworkLength = 64;

    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("Accounts");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.HasIndex(a => a.IsOrganiser);
            builder.Property(a => a.Network).HasMaxLength(NetworkLength);
            builder.HasIndex(a => a.Network);

            // Replaces Identity's index of this name, which is not unique: two accounts could have one mail address.
            builder.HasIndex(a => a.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
            builder.HasOne<Team>().WithMany().HasForeignKey(a => a.TeamId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// Somebody who may sign in. The user name is the public name under which submissions stand on the leaderboard, so it is
/// no secret; a mail address is kept only where the server can send mail.
/// </summary>
internal sealed class Account : IdentityUser<Guid>
{
    public DateTime CreatedAt { get; init; }

    /// <summary>The team whose name its submissions bear; null for none.</summary>
    public Guid? TeamId { get; set; }

    public bool IsOrganiser { get; set; }

    /// <summary>When an organiser closed it; its submissions stay.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>Submissions a day and benchmark, where an organiser granted other than the usual.</summary>
    public int? QuotaPerDay { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("Accounts");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.HasIndex(a => a.IsOrganiser);

            // Identity's index of this name, which would let two accounts have one address.
            builder.HasIndex(a => a.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
            builder.HasOne<Team>().WithMany().HasForeignKey(a => a.TeamId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A team. Its name appears on its members' submissions, and the members own them together.</summary>
internal sealed class Team
{
    public const int JoinCodeLength = 32;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The upper-case name, by which names are compared.</summary>
    public required string Key { get; init; }

    /// <summary>The code with which accounts join the team.</summary>
    public required string JoinCode { get; set; }

    public DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Team>
    {
        public void Configure(EntityTypeBuilder<Team> builder)
        {
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.Name).HasMaxLength(Submission.SubmitterLength);
            builder.Property(t => t.Key).HasMaxLength(Submission.SubmitterLength);
            builder.Property(t => t.JoinCode).HasMaxLength(JoinCodeLength);
            builder.HasIndex(t => t.Key).IsUnique();
            builder.HasIndex(t => t.JoinCode).IsUnique();
        }
    }
}

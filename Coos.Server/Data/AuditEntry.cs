using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>What an organiser did. Written in the transaction of the deed itself, never changed, never deleted.</summary>
internal sealed class AuditEntry
{
    public const int ActionLength = 60;
    public const int TargetLength = 200;
    public const int DetailLength = 1000;

    public required Guid Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>Who; no reference, for the entry outlives the account.</summary>
    public Guid ActorId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string Actor { get; init; }

    /// <summary>What: <c>submission.hide</c>, <c>labels.import</c>, ...</summary>
    public required string Action { get; init; }

    /// <summary>To what: an id, a benchmark and split, an account.</summary>
    public required string Target { get; init; }

    /// <summary>More about it, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>Keeps the log append-only.</summary>
    /// <exception cref="InvalidOperationException">An entry would be changed or deleted.</exception>
    public static void RefuseChanges(ChangeTracker changes)
    {
        if (changes.Entries<AuditEntry>().Any(e => e.State is EntityState.Modified or EntityState.Deleted))
        {
            throw new InvalidOperationException("The audit log is append-only.");
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Actor).HasMaxLength(Submission.SubmitterLength);
            builder.Property(e => e.Action).HasMaxLength(ActionLength);
            builder.Property(e => e.Target).HasMaxLength(TargetLength);
            builder.Property(e => e.Detail).HasMaxLength(DetailLength);
            builder.HasIndex(e => e.At);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>An organiser's action. Entries are written in the transaction of the action and are never changed or deleted.</summary>
internal sealed class AuditEntry
{
    public const int ActionLength = 60;
    public const int TargetLength = 200;
    public const int DetailLength = 1000;

    public required Guid Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>The organiser's account id. Not a foreign key, because the entry outlives the account.</summary>
    public Guid ActorId { get; init; }

    /// <summary>The organiser's name at that time.</summary>
    public required string Actor { get; init; }

    /// <summary>The action: <c>submission.hide</c>, <c>labels.import</c>, ...</summary>
    public required string Action { get; init; }

    /// <summary>The target of the action: an id, a benchmark and split, or an account.</summary>
    public required string Target { get; init; }

    /// <summary>Details in plain text.</summary>
    public string? Detail { get; init; }

    /// <summary>Rejects changes to existing entries, which keeps the log append-only.</summary>
    /// <exception cref="InvalidOperationException">An entry was changed or deleted.</exception>
    public static void RejectChanges(ChangeTracker changes)
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

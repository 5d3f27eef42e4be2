using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>An address that an account wants told of what happens.</summary>
internal sealed class Webhook
{
    public const int UrlLength = 500;
    public const int SecretLength = 1000;

    public required Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Account? Account { get; init; }

    /// <summary>Where it is sent to.</summary>
    public required string Url { get; init; }

    /// <summary>What messages are signed with, encrypted: signing needs the secret itself and not its hash.</summary>
    public required string Secret { get; init; }

    /// <summary>The benchmark that it is about; null for all.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Whether it is told that a submission was scored, or could not be.</summary>
    public bool OnScored { get; init; }

    /// <summary>Whether it is told of other ranks.</summary>
    public bool OnRankChanged { get; init; }

    /// <summary>Whether it is told of everybody's submissions, as organisers are, and not only of the account's own.</summary>
    public bool IsForAll { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>How many messages in a row were given up.</summary>
    public int GivenUpInARow { get; set; }

    /// <summary>When it was stopped because too many were; null while it works.</summary>
    public DateTime? PausedAt { get; set; }

    public ICollection<WebhookRanks> Ranks { get; } = [];

    public ICollection<WebhookDelivery> Deliveries { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Webhook>
    {
        public void Configure(EntityTypeBuilder<Webhook> builder)
        {
            builder.ToTable("Webhooks");
            builder.Property(w => w.Id).ValueGeneratedNever();
            builder.Property(w => w.Url).HasMaxLength(UrlLength);
            builder.Property(w => w.Secret).HasMaxLength(SecretLength);
            builder.Property(w => w.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.HasOne(w => w.Account).WithMany().HasForeignKey(w => w.AccountId);
            builder.HasMany(w => w.Ranks).WithOne().HasForeignKey(r => r.WebhookId);
            builder.HasMany(w => w.Deliveries).WithOne(d => d.Webhook).HasForeignKey(d => d.WebhookId);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A webhook: a URL to which an account has events sent.</summary>
internal sealed class Webhook
{
    public const int UrlLength = 500;
    public const int SecretLength = 1000;

    public required Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Account? Account { get; init; }

    /// <summary>The URL that receives the messages.</summary>
    public required string Url { get; init; }

    /// <summary>The secret that signs messages. It is encrypted and not hashed, because signing needs the secret itself.</summary>
    public required string Secret { get; init; }

    /// <summary>The benchmark whose events are sent; null for all.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Whether it is notified when a submission was scored or failed.</summary>
    public bool OnScored { get; init; }

    /// <summary>Whether it is notified when ranks change.</summary>
    public bool OnRankChanged { get; init; }

    /// <summary>Whether it is notified about all submissions and not just the account's own. Only for organisers.</summary>
    public bool IsForAll { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The number of consecutive messages that could not be delivered.</summary>
    public int GivenUpInARow { get; set; }

    /// <summary>When it was paused after too many failed messages; null if it is active.</summary>
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

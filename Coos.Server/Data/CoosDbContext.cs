using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Coos.Server.Data;

/// <summary>
/// The database of COOS. Everything is in it, predictions too, so that one backup holds everything.
/// </summary>
internal class CoosDbContext : IdentityUserContext<Account, Guid>, IDataProtectionKeyContext
{
    private static readonly ServiceProvider WithoutApplication = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    /// <summary>A context on SQLite.</summary>
    public CoosDbContext(DbContextOptions<CoosDbContext> options)
        : base(options) { }

    /// <summary>A context on another database system.</summary>
    protected CoosDbContext(DbContextOptions options)
        : base(options) { }

    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<StoredBaseline> Baselines => Set<StoredBaseline>();

    public DbSet<PredictionFile> PredictionFiles => Set<PredictionFile>();

    public DbSet<LabelVersion> LabelVersions => Set<LabelVersion>();

    public DbSet<StoredEvaluation> Evaluations => Set<StoredEvaluation>();

    public DbSet<StoredSplitScore> SplitScores => Set<StoredSplitScore>();

    public DbSet<BoardChange> BoardChanges => Set<BoardChange>();

    public DbSet<StoredReportedResult> ReportedResults => Set<StoredReportedResult>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<QuotaUse> QuotaUses => Set<QuotaUse>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookRanks> WebhookRanks => Set<WebhookRanks>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>What cookies and antiforgery tokens are signed with, shared by all processes.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        AuditEntry.RefuseChanges(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        AuditEntry.RefuseChanges(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// Identity asks the services of the application which version of its tables is meant: the third, which has passkeys.
    /// A context that was made without an application, of a backup for one, has none to ask.
    /// </summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
        {
            optionsBuilder.UseApplicationServiceProvider(WithoutApplication);
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("AccountClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("AccountLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("AccountSecrets");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("AccountPasskeys");
        builder.ApplyConfigurationsFromAssembly(typeof(CoosDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    /// <summary>
    /// SQLite keeps no kind of time; all of ours are UTC, and must leave the database saying so. PostgreSQL keeps
    /// microseconds, so both do: a time is the same wherever a row is restored to.
    /// </summary>
    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(
            time => new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
            time => DateTime.SpecifyKind(time, DateTimeKind.Utc)
        );
}

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Coos.Server.Data;

/// <summary>The database of COOS. It contains all data, including predictions, so one backup is complete.</summary>
internal class CoosDbContext : IdentityUserContext<Account, Guid>, IDataProtectionKeyContext
{
    private static readonly ServiceProvider FallbackServices = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    /// <summary>Creates a context for SQLite.</summary>
    public CoosDbContext(DbContextOptions<CoosDbContext> options)
        : base(options) { }

    /// <summary>Creates a context for another database system.</summary>
    protected CoosDbContext(DbContextOptions options)
        : base(options) { }

    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<StoredBaseline> Baselines => Set<StoredBaseline>();

    public DbSet<PredictionFile> PredictionFiles => Set<PredictionFile>();

    public DbSet<StoredModel> Models => Set<StoredModel>();

    public DbSet<ModelChunk> ModelChunks => Set<ModelChunk>();

    public DbSet<ModelRun> ModelRuns => Set<ModelRun>();

    public DbSet<DialPrediction> DialPredictions => Set<DialPrediction>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<UploadedSplit> UploadedSplits => Set<UploadedSplit>();

    public DbSet<Answer> Answers => Set<Answer>();

    public DbSet<BenchmarkClosing> BenchmarkClosings => Set<BenchmarkClosing>();

    public DbSet<LabelVersion> LabelVersions => Set<LabelVersion>();

    public DbSet<StoredEvaluation> Evaluations => Set<StoredEvaluation>();

    public DbSet<StoredSplitScore> SplitScores => Set<StoredSplitScore>();

    public DbSet<StoredSealedScore> SealedScores => Set<StoredSealedScore>();

    public DbSet<ServerSecret> ServerSecrets => Set<ServerSecret>();

    public DbSet<BoardChange> BoardChanges => Set<BoardChange>();

    public DbSet<StoredReportedResult> ReportedResults => Set<StoredReportedResult>();

    public DbSet<MethodRename> MethodRenames => Set<MethodRename>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<QuotaUse> QuotaUses => Set<QuotaUse>();

    public DbSet<Participation> Participations => Set<Participation>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookRanks> WebhookRanks => Set<WebhookRanks>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>The keys that protect cookies and antiforgery tokens, shared by all processes.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        AuditEntry.RejectChanges(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        AuditEntry.RejectChanges(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// Identity reads its schema version (3, which has passkeys) from the application's services. A context that is created
    /// without an application, for example for a backup, gets these services here.
    /// </summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
        {
            optionsBuilder.UseApplicationServiceProvider(FallbackServices);
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
    /// SQLite does not store the kind of a time; all times are UTC and must be marked as UTC when they are read. Times are
    /// truncated to the microseconds that PostgreSQL stores, so a row has the same times in either database.
    /// </summary>
    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(
            time => new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
            time => DateTime.SpecifyKind(time, DateTimeKind.Utc)
        );
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Coos.Web.Data;

/// <summary>The database of COOS. Everything is in it, predictions too, so that one backup holds everything.</summary>
internal sealed class CoosDbContext(DbContextOptions<CoosDbContext> options) : DbContext(options)
{
    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<StoredBaseline> Baselines => Set<StoredBaseline>();

    public DbSet<PredictionFile> PredictionFiles => Set<PredictionFile>();

    public DbSet<LabelVersion> LabelVersions => Set<LabelVersion>();

    public DbSet<StoredEvaluation> Evaluations => Set<StoredEvaluation>();

    public DbSet<StoredSplitScore> SplitScores => Set<StoredSplitScore>();

    public DbSet<BoardChange> BoardChanges => Set<BoardChange>();

    public DbSet<StoredReportedResult> ReportedResults => Set<StoredReportedResult>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CoosDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    /// <summary>SQLite keeps no kind of time; all of ours are UTC, and must leave the database saying so.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => time,
        time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

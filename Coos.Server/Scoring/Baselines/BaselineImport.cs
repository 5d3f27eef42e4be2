using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring.Baselines;

/// <summary>
/// Imports the baselines of the benchmark folders into the leaderboards. New ones are stored and scored like any submission,
/// changed ones replace their previous predictions, and removed ones leave the leaderboard. An invalid baseline is reported,
/// keeps its previous predictions and does not block others.
/// </summary>
internal sealed partial class BaselineImport(
    BenchmarkCatalog catalog,
    BaselineReader reader,
    SubmissionStore store,
    EvaluationQueue queue,
    IDbContextFactory<CoosDbContext> databases,
    ResultVersions results,
    BaselineProblems problems,
    TimeProvider clock,
    ILogger<BaselineImport> logger
)
{
    /// <summary>Imports the baselines of all benchmarks at startup.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var folder in catalog.All)
        {
            await RunAsync(folder, cancellation);
        }
    }

    /// <summary>Imports the baselines of one benchmark.</summary>
    public async Task RunAsync(BenchmarkFolder folder, CancellationToken cancellation)
    {
        var slug = folder.Benchmark.Slug;
        var found = new List<BaselineProblem>();
        var imported = new Dictionary<string, Guid>();
        var baselines = Find(folder, found);
        foreach (var baseline in baselines)
        {
            try
            {
                imported[baseline.Name] = await ImportAsync(baseline, folder.Benchmark, imported, cancellation);
            }
            catch (BenchmarkException e)
            {
                Log.NotImported(logger, slug, baseline.Name, e.Message);
                found.Add(new BaselineProblem(baseline.Name, e.Message));
            }
        }

        // If the folder could not be listed, no baseline is known to be removed.
        if (baselines.Count > 0 || found.Count == 0)
        {
            await RetireAsync(slug, [.. baselines.Select(b => b.Name)], imported, cancellation);
        }

        problems.Set(slug, found);
        await results.InvalidateAsync(slug);
    }

    private IReadOnlyList<BaselineFolder> Find(BenchmarkFolder folder, List<BaselineProblem> found)
    {
        try
        {
            return BaselineFolder.FindAll(folder.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotImported(logger, folder.Benchmark.Slug, "", e.Message);
            found.Add(new BaselineProblem("", $"the folder {BaselineFolder.ParentName} cannot be read: {e.Message}"));
            return [];
        }
    }

    /// <returns>The submission that has the baseline's predictions.</returns>
    private async Task<Guid> ImportAsync(
        BaselineFolder baseline,
        Benchmark benchmark,
        Dictionary<string, Guid> imported,
        CancellationToken cancellation
    )
    {
        var draft = reader.Read(baseline, benchmark);
        if ((await store.InsertAsync(draft, cancellation)).TryGet(out var id, out var refusal))
        {
            Log.Imported(logger, benchmark.Slug, baseline.Name, id);
            queue.Enqueue(id);
            return id;
        }

        id = refusal.Existing ?? throw new InvalidOperationException($"A baseline was rejected: {refusal.Detail}");
        if (imported.FirstOrDefault(i => i.Value == id).Key is { } other)
        {
            throw new BenchmarkException(
                $"its predictions are identical to those of {other}; the same predictions can be on a leaderboard only once"
            );
        }

        await UpdateAsync(id, draft, cancellation);
        return id;
    }

    /// <summary>
    /// Updates a baseline that was imported before, possibly under another name or with another run.json, and possibly
    /// retired since.
    /// </summary>
    private async Task UpdateAsync(Guid id, SubmissionDraft draft, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var row = await database.Submissions.AsTracking().Include(s => s.Baseline).FirstAsync(s => s.Id == id, cancellation);
        row.Method = draft.Fields.Method;
        row.Description = draft.Fields.Description;
        row.Run = draft.Fields.Run;
        if (row.Baseline!.State != BaselineState.Current)
        {
            row.Visibility = SubmissionVisibility.Public;
        }

        (row.Baseline.Name, row.Baseline.Run, row.Baseline.State) = (draft.Baseline!.Name, draft.Baseline.Run, BaselineState.Current);
        await SaveAsync(database, database.Submissions.Where(s => s.Id == id), cancellation);
    }

    /// <summary>Removes baselines from the leaderboard that are no longer in the folder. Their pages and scores stay.</summary>
    private async Task RetireAsync(string slug, HashSet<string> present, Dictionary<string, Guid> imported, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database
            .Submissions.AsTracking()
            .Include(s => s.Baseline)
            .Where(s => s.Benchmark == slug && s.Baseline != null && s.Baseline.State == BaselineState.Current)
            .ToListAsync(cancellation);
        foreach (var row in rows)
        {
            var name = row.Baseline!.Name;
            var isReplaced = imported.TryGetValue(name, out var id) && id != row.Id;
            if (isReplaced || !present.Contains(name))
            {
                row.Baseline.State = isReplaced ? BaselineState.Replaced : BaselineState.Removed;
                row.Visibility = SubmissionVisibility.Private;
                Log.Retired(logger, slug, name, row.Id, row.Baseline.State);
            }
        }

        await SaveAsync(database, database.Submissions.Where(s => s.Benchmark == slug && s.Kind == SubmissionKind.Baseline), cancellation);
    }

    /// <summary>Saves the changes to submissions and sets the publication time of those that joined the board.</summary>
    private async Task SaveAsync(CoosDbContext database, IQueryable<Submission> changed, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database.SaveChangesAsync(cancellation);
        await Publication.MarkAsync(changed, clock.GetUtcNow().UtcDateTime, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Information, "Baseline {Benchmark}/{Name} imported as submission {Submission}")]
        public static partial void Imported(ILogger logger, string benchmark, string name, Guid submission);

        [LoggerMessage(121, LogLevel.Error, "Baseline {Benchmark}/{Name} not imported; its previous predictions stay: {Problem}")]
        public static partial void NotImported(ILogger logger, string benchmark, string name, string problem);

        [LoggerMessage(
            122,
            LogLevel.Warning,
            "Baseline {Benchmark}/{Name}, submission {Submission}, removed from the leaderboard: {State}"
        )]
        public static partial void Retired(ILogger logger, string benchmark, string name, Guid submission, BaselineState state);
    }
}

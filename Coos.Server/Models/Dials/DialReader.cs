using System.Globalization;
using Coos.Evaluator.Dials;
using Coos.Evaluator.Disclosures;
using Coos.Models.Dials;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Comparisons;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models.Dials;

/// <summary>
/// Reads the dial scores of entries, with the current labels. It reads through <see cref="SubmissionReader"/>, so it sees only what the
/// viewer may see.
/// </summary>
internal sealed class DialReader(
    SubmissionReader reader,
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LabelStore labels,
    DialStore store
)
{
    /// <summary>Reads the dial scores of an entry, and compares them with those of another one.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="with">The id of the other submission; empty for none.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<DialDocument>> ReadAsync(Guid id, string? with, CancellationToken cancellation) =>
        await reader.FindAsync(id, cancellation) is { } submission
            ? await ReadAsync(submission, with, cancellation)
            : SubmissionReader.NotFound(id);

    /// <summary>Reads the dial scores of an entry that the viewer may see, and compares them with those of another one.</summary>
    /// <param name="submission">The entry, of <see cref="SubmissionReader.FindAsync"/>.</param>
    /// <param name="with">The id of the other submission; empty for none.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<DialDocument>> ReadAsync(SubmissionDocument submission, string? with, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(with))
        {
            return await ReadAsync(submission, cancellation);
        }

        if (!Guid.TryParse(with.Trim(), out var otherId))
        {
            return DialRefusals.BadId("with");
        }

        if (otherId == submission.Id)
        {
            return DialRefusals.SameTwice();
        }

        if (await reader.FindAsync(otherId, cancellation) is not { } other)
        {
            return SubmissionReader.NotFound(otherId);
        }

        return other.Benchmark == submission.Benchmark
            ? await CompareAsync(submission, other, cancellation)
            : DialRefusals.OtherBenchmark(submission.Benchmark, other.Benchmark);
    }

    /// <summary>Lists the entries with dial scores among some.</summary>
    /// <param name="ids">Submissions that the viewer may see.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<IReadOnlySet<Guid>> FindRunAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await database
            .DialPredictions.Where(p => ids.Contains(p.SubmissionId) && p.Dial == ShiftDials.UnchangedName)
            .Where(p => p.Version == ShiftDials.Version)
            .Select(p => p.SubmissionId)
            .ToListAsync(cancellation);
        return found.ToHashSet();
    }

    /// <summary>Lists the entries of the leaderboard that have dial scores, without one of them.</summary>
    /// <param name="submission">The entry that is left out.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<IReadOnlyList<EntryName>> ListOthersAsync(SubmissionDocument submission, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Submissions.Listed()
            .Where(s => s.Benchmark == submission.Benchmark && s.Id != submission.Id && s.CurrentEvaluationId != null)
            .Where(s =>
                database.DialPredictions.Any(p =>
                    p.SubmissionId == s.Id && p.Dial == ShiftDials.UnchangedName && p.Version == ShiftDials.Version
                )
            )
            .OrderBy(s => s.Method)
            .ThenBy(s => s.Id)
            .Take(EntryList.MaximumEntries)
            .Select(s => new EntryName(s.Id, s.Method, s.Submitter, s.Kind))
            .ToListAsync(cancellation);
    }

    private async Task<Result<DialDocument>> ReadAsync(SubmissionDocument submission, CancellationToken cancellation)
    {
        if (!(await OpenAsync(submission, cancellation)).TryGet(out var run, out var refusal))
        {
            return refusal;
        }

        var document = await store.GetAsync(
            run.Key,
            async () => (await ScoreAsync(run))?.ToDocument(submission.Id, submission.Benchmark, run.Split)
        );
        return document is null ? DialRefusals.NotRun(submission.Method) : document;
    }

    private async Task<Result<DialDocument>> CompareAsync(
        SubmissionDocument submission,
        SubmissionDocument other,
        CancellationToken cancellation
    )
    {
        if (!(await OpenAsync(submission, cancellation)).TryGet(out var first, out var refusal))
        {
            return refusal;
        }

        if (!(await OpenAsync(other, cancellation)).TryGet(out var second, out var otherRefusal))
        {
            return otherRefusal;
        }

        var document = await store.GetAsync(
            $"{first.Key} with {second.Key}",
            async () =>
                await ScoreAsync(first) is { } own && await ScoreAsync(second) is { } another
                    ? own.ToDocument(submission.Id, submission.Benchmark, first.Split) with
                    {
                        Comparison = own.Compare(another),
                    }
                    : null
        );
        return document is null
            ? DialRefusals.NotRun($"{submission.Method} or {other.Method}")
            : document with
            {
                Comparison = document.Comparison! with { With = other.Id, Method = other.Method, Submitter = other.Submitter },
            };
    }

    /// <summary>Finds the predictions of an entry and the labels that they are scored with, without reading either.</summary>
    private async Task<Result<DialRun>> OpenAsync(SubmissionDocument submission, CancellationToken cancellation)
    {
        if (DialRefusals.Check(submission) is { } refusal)
        {
            return refusal;
        }

        if (!catalog.TryGet(submission.Benchmark, out var folder))
        {
            return SubmissionReader.NotFound(submission.Id);
        }

        var benchmark = folder.Benchmark;
        if (benchmark.Reference is not { } split || !labels.TryGet(benchmark.Slug, split, out var active))
        {
            return DialRefusals.NoReference(benchmark);
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database
            .DialPredictions.Where(p => p.SubmissionId == submission.Id && p.Version == ShiftDials.Version)
            .OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.ImagesHash })
            .ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return DialRefusals.NotRun(submission.Method);
        }

        if (rows.Exists(r => !active.Labels.Images.ContentHash.SequenceEqual(r.ImagesHash)))
        {
            return DialRefusals.ImagesChanged(benchmark.TitleOf(split));
        }

        var ids = new HashCode();
        rows.ForEach(r => ids.Add(r.Id));
        return new DialRun(
            submission.Id,
            benchmark,
            split,
            active.Parts.Get(benchmark.ScoredPart),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{submission.Id} {active.VersionId} {active.Parts.Hash} {benchmark.ScoredPart} {rows.Count} {ids.ToHashCode()}"
            )
        );
    }

    private async Task<DialScores?> ScoreAsync(DialRun run)
    {
        await using var database = await databases.CreateDbContextAsync();
        var rows = await database.DialPredictions.AsNoTracking().Where(p => p.SubmissionId == run.Id).ToListAsync();
        var scorer = new DialScorer(run.Part.Labels, run.Benchmark.Classes.Count, run.Benchmark.Cluster, run.Benchmark.Ranking);
        return DialScores.Create(scorer, rows, run.Part.Select);
    }

    /// <summary>The predictions of an entry for changed images, and the labels for them.</summary>
    private sealed record DialRun(Guid Id, Benchmark Benchmark, string Split, SplitPart Part, string Key);
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Reads submissions and reported results as the document that the API and the pages show.</summary>
internal sealed class SubmissionReader(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    DisclosureBudgets budgets,
    PublicHashes hashes,
    Viewer viewer
)
{
    /// <summary>The maximum number of former names in a document, the newest ones.</summary>
    public const int MaximumFormerNames = 20;

    /// <summary>Rejects an id that does not exist or that the viewer may not see. The response does not reveal which.</summary>
    public static Refusal NotFound(Guid id) => Refusal.NotFound($"There is no submission {id}.");

    /// <summary>
    /// Finds a submission or reported result by its id, with the scores that the viewer may see; null if the viewer may not see
    /// it at all.
    /// </summary>
    public async Task<SubmissionDocument?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await FindCompleteAsync(database, id, cancellation) is not { } found)
        {
            return null;
        }

        var (document, row) = found;

        // Reported results are published elsewhere, so they reveal nothing here.
        if (row is null || document.Evaluation is null || !catalog.TryGet(row.Benchmark, out var folder))
        {
            return document;
        }

        document = await AddPartsAsync(database, document, row, folder.Benchmark, cancellation);
        if (!HidesScores(folder.Benchmark))
        {
            return document;
        }

        var hash = await hashes.GetAsync(cancellation);
        if (viewer.IsOrganiser)
        {
            return document with { Evaluation = folder.Benchmark.Disclosure.AddPublicHashes(document.Evaluation!, hash) };
        }

        var shown = await ReadShownAsync(database, row, cancellation);
        return Reduce(document, folder.Benchmark, shown, hash) with
        {
            Disclosure = await DescribeDisclosureAsync(database, folder.Benchmark, row, cancellation),
        };
    }

    /// <summary>
    /// Adds the scores on each part of the labels that the viewer may see: on both for organisers and on closed benchmarks, otherwise
    /// on the public part.
    /// </summary>
    private async Task<SubmissionDocument> AddPartsAsync(
        CoosDbContext database,
        SubmissionDocument open,
        Submission row,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        if (!benchmark.HasSealedPart || !(viewer.IsOrganiser || benchmark.ScoredPart == LabelPart.Sealed))
        {
            return open with { Part = benchmark.HasSealedPart ? LabelPart.Public : null };
        }

        var own = await SealedReports.FindAsync(database, row.CurrentEvaluationId!.Value, open.Evaluation!, cancellation);
        return own is not null && benchmark.ScoredPart == LabelPart.Sealed
            ? open with
            {
                Evaluation = own,
                PublicEvaluation = open.Evaluation,
                Part = LabelPart.Sealed,
            }
            : open with
            {
                SealedEvaluation = own,
                Part = LabelPart.Public,
            };
    }

    /// <summary>Describes what a guarded benchmark shows; the submission's owners also see how much they were told.</summary>
    private async Task<DisclosureDocument?> DescribeDisclosureAsync(
        CoosDbContext database,
        Benchmark benchmark,
        Submission row,
        CancellationToken cancellation
    )
    {
        if (!benchmark.Disclosure.IsGuarded)
        {
            return null;
        }

        var budget =
            row.Kind == SubmissionKind.Submission && viewer.Owns(row)
                ? await budgets.ReadAsync(database, benchmark, row.SubmitterKey, row.OwnerId, cancellation)
                : null;
        return DisclosureDocument.Create(benchmark.Disclosure) with { Budget = budget };
    }

    /// <summary>Whether a benchmark does not show everything to everyone.</summary>
    private static bool HidesScores([NotNullWhen(true)] Benchmark? benchmark) =>
        benchmark is { Ladder: not null } or { Disclosure.IsGuarded: true };

    private static SubmissionDocument Reduce(
        SubmissionDocument document,
        Benchmark benchmark,
        ShownScores shown,
        Func<string, string> hash
    ) =>
        shown.Explain(benchmark) is { } reason ? document with { Evaluation = null, Withheld = reason }
        : benchmark.Disclosure.IsGuarded ? document with { Evaluation = Reduce(document.Evaluation!, benchmark, shown, hash) }
        : document;

    private static Evaluation Reduce(Evaluation evaluation, Benchmark benchmark, ShownScores shown, Func<string, string> hash) =>
        Disclosure.Reduce(evaluation, shown.Numbers ?? GuardedScores.Round(benchmark, GuardedScores.Of(evaluation)), hash);

    private static async Task<ShownScores> ReadShownAsync(CoosDbContext database, Submission row, CancellationToken cancellation) =>
        row.Kind != SubmissionKind.Submission
            ? ShownScores.Everything
            : (await ShownScores.ReadAsync(database, row.Id, cancellation)).GetValueOrDefault(
                row.CurrentEvaluationId!.Value,
                ShownScores.Withheld
            );

    /// <summary>Finds the complete document, and its row unless it is a reported result.</summary>
    private async Task<(SubmissionDocument Document, Submission? Row)?> FindCompleteAsync(
        CoosDbContext database,
        Guid id,
        CancellationToken cancellation
    )
    {
        var row = await database
            .Submissions.VisibleTo(viewer)
            .Where(s => s.Id == id)
            .Select(s => new
            {
                Submission = s,
                s.Baseline,
                Report = s.CurrentEvaluation == null ? null : s.CurrentEvaluation.Report,
            })
            .FirstOrDefaultAsync(cancellation);
        if (row is not null)
        {
            var document = ToDocument(row.Submission, row.Baseline, row.Report);
            document = document with { FormerNames = await ReadFormerNamesAsync(database, id, cancellation) };
            return (await ModelStates.AddAsync(database, document, cancellation), row.Submission);
        }

        return await FindReportedAsync(database, id, cancellation) is { } reported ? (reported, null) : null;
    }

    private static async Task<IReadOnlyList<FormerName>?> ReadFormerNamesAsync(
        CoosDbContext database,
        Guid id,
        CancellationToken cancellation
    )
    {
        var names = await database
            .MethodRenames.Where(r => r.SubmissionId == id)
            .OrderByDescending(r => r.ReplacedAt)
            .ThenByDescending(r => r.Id)
            .Take(MaximumFormerNames)
            .Select(r => new FormerName(r.Method, r.ReplacedAt))
            .ToListAsync(cancellation);
        return names.Count == 0 ? null : names;
    }

    /// <summary>Finds the status of a submission; null if the viewer may not see it.</summary>
    public async Task<SubmissionStatus?> FindStatusAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Submissions.VisibleTo(viewer)
            .Where(s => s.Id == id)
            .Select(s => (SubmissionStatus?)s.Status)
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Finds the state of the latest run of a submission's model; null without a model, or if the viewer may not see it.</summary>
    public async Task<ModelRunDocument?> FindRunAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Submissions.VisibleTo(viewer).AnyAsync(s => s.Id == id, cancellation)
            ? await ModelStates.FindRunAsync(database, id, cancellation)
            : null;
    }

    /// <summary>Reads a submission's predictions. The document proves access, because only <see cref="FindAsync"/> returns it.</summary>
    /// <returns>The predictions, one item per split; none for reported results.</returns>
    public async Task<IReadOnlyList<SubmittedPredictions>> ReadPredictionsAsync(
        SubmissionDocument submission,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .PredictionFiles.Where(f => f.SubmissionId == submission.Id)
            .Select(f => new SubmittedPredictions(f.Split, f.Classes, f.ImagesHash))
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Reads all evaluations of a submission, newest first: the current one, and those of older labels or evaluators. An
    /// evaluation that is pending until the whole board is rescored is not included.
    /// </summary>
    /// <returns>The evaluations; none if the document has no scores.</returns>
    public async Task<IReadOnlyList<EvaluationRecord>> ReadEvaluationsAsync(SubmissionDocument submission, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (submission.Evaluation is null || submission.Kind == SubmissionKind.Reported)
        {
            return [];
        }

        var rows = await (
            from evaluation in database.Evaluations
            join row in database.Submissions on evaluation.SubmissionId equals row.Id
            where row.Id == submission.Id
            where row.PendingEvaluationId != evaluation.Id || row.CurrentEvaluationId == evaluation.Id
            orderby evaluation.CreatedAt descending
            select new
            {
                evaluation.Id,
                evaluation.CreatedAt,
                evaluation.Report,
                IsCurrent = row.CurrentEvaluationId == evaluation.Id,
                HasSealedPart = evaluation.SealedSplits.Count > 0,
            }
        ).ToListAsync(cancellation);
        var answers =
            viewer.IsOrganiser || submission.Kind != SubmissionKind.Submission
                ? null
                : await ShownScores.ReadAsync(database, submission.Id, cancellation);
        var benchmark = catalog.TryGet(submission.Benchmark, out var folder) ? folder.Benchmark : null;
        var hash = await hashes.GetAsync(cancellation);
        var records = new List<EvaluationRecord>();
        foreach (var row in rows)
        {
            var evaluation = JsonSerializer.Deserialize<Evaluation>(row.Report, CoosJson.Options)!;
            var shown = answers is null ? ShownScores.Everything : answers.GetValueOrDefault(row.Id, ShownScores.Withheld);
            var isOfAllLabels = benchmark?.HasSealedPart == true && !row.HasSealedPart;
            if (HidesScores(benchmark) && (shown.Label is not null || (isOfAllLabels && !row.IsCurrent && !viewer.IsOrganiser)))
            {
                continue;
            }

            if (benchmark?.ScoredPart == LabelPart.Sealed)
            {
                evaluation = await SealedReports.FindAsync(database, row.Id, evaluation, cancellation) ?? evaluation;
            }

            if (HidesScores(benchmark))
            {
                evaluation =
                    viewer.IsOrganiser ? benchmark.Disclosure.AddPublicHashes(evaluation, hash)
                    : benchmark.Disclosure.IsGuarded ? Reduce(evaluation, benchmark, shown, hash)
                    : evaluation;
            }

            records.Add(new EvaluationRecord(row.CreatedAt, row.IsCurrent, evaluation));
        }

        return records;
    }

    private async Task<SubmissionDocument?> FindReportedAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        var row = await database.ReportedResults.Include(r => r.Scores).FirstOrDefaultAsync(r => r.Id == id, cancellation);
        return row is null ? null : ToDocument(row);
    }

    private static SubmissionDocument ToDocument(Submission row, StoredBaseline? baseline, string? report) =>
        new()
        {
            Id = row.Id,
            Benchmark = row.Benchmark,
            Method = row.Method,
            Submitter = row.Submitter,
            Kind = row.Kind,
            Status = row.Status,
            Failure = row.Failure,
            CreatedAt = row.CreatedAt,
            ScoredAt = row.ScoredAt,
            FailedAt = row.FailedAt,
            Description = row.Description,
            PaperUrl = ToUri(row.PaperUrl),
            CodeUrl = ToUri(row.CodeUrl),
            ExternalData = row.ExternalData,
            Run = row.Run,
            Protocol = ProtocolFields.Of(row),
            Visibility = row.Visibility,
            Verification = row.Verification,
            Hidden = row.HiddenAt is null ? null : true,
            Links = SubmissionLinks.For(row.Id),
            Baseline = baseline is null
                ? null
                : new BaselineDocument(
                    baseline.Name,
                    baseline.State,
                    JsonSerializer.Deserialize<BaselineRun>(baseline.Run, CoosJson.Options)!
                ),
            Evaluation = report is null ? null : JsonSerializer.Deserialize<Evaluation>(report, CoosJson.Options),
        };

    /// <summary>Converts a reported result, which has only errors: no intervals, class results or confusion matrices.</summary>
    private SubmissionDocument ToDocument(StoredReportedResult row) =>
        new()
        {
            Id = row.Id,
            Benchmark = row.Benchmark,
            Method = ReportedResult.NameMethod(row.Features, row.Classifier),
            Submitter = row.Source,
            Kind = SubmissionKind.Reported,
            Status = SubmissionStatus.Scored,
            Visibility = SubmissionVisibility.Public,
            Links = SubmissionLinks.For(row.Id),
            Evaluation = new Evaluation { Splits = [.. ReportedSplits(row)] },
        };

    private IEnumerable<SplitScore> ReportedSplits(StoredReportedResult row)
    {
        if (!catalog.TryGet(row.Benchmark, out var folder))
        {
            return [];
        }

        var metric = folder.Benchmark.Ranking.Metric;
        return folder.Benchmark.Splits.Join(
            row.Scores,
            split => split.Name,
            score => score.Split,
            (split, score) =>
                new SplitScore
                {
                    Split = split.Name,
                    Images = split.Images,
                    BalancedError = metric == MetricId.BalancedError ? score.Loss : null,
                    Metrics = [MetricScore.OfLoss(metric, new ErrorEstimate(score.Loss, null, null), null)],
                    Classes = [],
                }
        );
    }

    /// <summary>Converts a stored URL, which was validated when it was submitted.</summary>
    public static Uri? ToUri(string? text) => text is null ? null : new Uri(text);
}

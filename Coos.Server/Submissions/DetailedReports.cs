using System.Text.Json;
using Coos.Evaluator.Disclosures;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Gives submitters the details of their entries on guarded benchmarks, and charges them to what the participant may be told. The
/// price depends on the numbers of classes and on whether there are probabilities, never on the labels.
/// </summary>
internal sealed class DetailedReports(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    DisclosureLimits limits,
    DisclosureBudgets budgets,
    WriteLock writes,
    Viewer viewer,
    TimeProvider clock
)
{
    /// <summary>Gives the details of a split, or of all splits; those that were given before cost nothing.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="split">The split; null for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Result<DetailedReport>> GiveAsync(Guid id, string? split, CancellationToken cancellation)
    {
        using var taken = await writes.AcquireAsync(cancellation);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (!(await FindAsync(database, id, cancellation)).TryGet(out var entry, out var refusal))
        {
            return refusal;
        }

        if (!viewer.Scopes.HasFlag(TokenScopes.Submit))
        {
            return AccessRefusals.ScopeRequired("submit");
        }

        string[] wanted = split is null ? [.. entry.Evaluation.Splits.Select(s => s.Split)] : [split];
        if (wanted.FirstOrDefault(w => entry.Evaluation.Splits.All(s => s.Split != w)) is { } unknown)
        {
            return NoSuchSplit(unknown, entry.Evaluation);
        }

        await AnswerLedger.LockAsync(database, entry.Benchmark.Slug, cancellation);
        var answers = await ReadAnswersAsync(database, entry, cancellation);
        var transcript = ParticipantAnswers.Summarize(answers);
        string[] added = [.. wanted.Except(ListGiven(answers, entry))];
        var bits = added.Sum(s => GetPrice(entry, s));
        if (limits.GetRule(entry.Benchmark).AddDetail(transcript, bits) is not { } after)
        {
            return TooExpensive(bits, budgets.Describe(entry.Benchmark, transcript), limits.GetMaximumBits(entry.Benchmark));
        }

        database.AddRange(added.Select(s => CreateAnswer(entry, s)));
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Create(entry, [.. ListGiven(answers, entry), .. added], bits, budgets.Describe(entry.Benchmark, after));
    }

    /// <summary>Reads the details that were given before.</summary>
    public async Task<Result<DetailedReport>> ReadAsync(Guid id, CancellationToken cancellation) =>
        (await ReadPageAsync(id, cancellation)).Match<Result<DetailedReport>>(page => page.Report, refusal => refusal);

    /// <summary>Reads the details that were given before, and what those of each other split cost.</summary>
    public async Task<Result<DetailPage>> ReadPageAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!(await FindAsync(database, id, cancellation)).TryGet(out var entry, out var refusal))
        {
            return refusal;
        }

        var answers = await ReadAnswersAsync(database, entry, cancellation);
        var transcript = ParticipantAnswers.Summarize(answers);
        var given = ListGiven(answers, entry);
        var rule = limits.GetRule(entry.Benchmark);
        return new DetailPage(
            Create(entry, given, 0, budgets.Describe(entry.Benchmark, transcript)),
            [
                .. from split in entry.Evaluation.Splits.Select(s => s.Split).Except(given)
                let price = GetPrice(entry, split)
                select new DetailOffer(split, Math.Round(price, 1), rule.AddDetail(transcript, price) is not null),
            ]
        );
    }

    private static Task<IReadOnlyList<Answer>> ReadAnswersAsync(CoosDbContext database, Entry entry, CancellationToken cancellation) =>
        ParticipantAnswers.ReadAsync(database, entry.Benchmark.Slug, entry.Row.SubmitterKey, entry.Row.OwnerId, cancellation);

    /// <summary>Finds an entry whose details the viewer may read.</summary>
    private async Task<Result<Entry>> FindAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        var row = await database
            .Submissions.VisibleTo(viewer)
            .Include(s => s.CurrentEvaluation)
            .FirstOrDefaultAsync(s => s.Id == id, cancellation);
        if (row is null)
        {
            return SubmissionReader.NotFound(id);
        }

        if (!viewer.IsSignedIn)
        {
            return AccessRefusals.SignInRequired();
        }

        if (!viewer.Owns(row))
        {
            return OwnersOnly();
        }

        if (!catalog.TryGet(row.Benchmark, out var folder) || !folder.Benchmark.Disclosure.IsGuarded)
        {
            return NotGuarded();
        }

        return row.CurrentEvaluation is { } evaluation && await IsShownAsync(database, row, cancellation)
            ? new Entry(row, folder.Benchmark, JsonSerializer.Deserialize<Evaluation>(evaluation.Report, CoosJson.Options)!)
            : NotShown();
    }

    private static async Task<bool> IsShownAsync(CoosDbContext database, Submission row, CancellationToken cancellation) =>
        (await ShownScores.ReadAsync(database, row.Id, cancellation)).GetValueOrDefault(row.CurrentEvaluationId!.Value)
            is { Outcome: ReleaseOutcome.Shown };

    private static IReadOnlyList<string> ListGiven(IReadOnlyList<Answer> answers, Entry entry) =>
        [.. answers.Where(a => a.Kind == AnswerKind.Details && a.EvaluationId == entry.Row.CurrentEvaluationId).Select(a => a.Split)];

    private static double GetPrice(Entry entry, string split)
    {
        var classes = entry.Benchmark.Classes.Count;
        var hasCalibration = entry.Evaluation.Splits.First(s => s.Split == split).Calibration is not null;
        return DetailCode.ComputeBits(classes, classes, hasCalibration);
    }

    private Answer CreateAnswer(Entry entry, string split) =>
        Answer.About(
            entry.Row,
            entry.Row.CurrentEvaluationId!.Value,
            AnswerKind.Details,
            (int)ReleaseOutcome.Shown,
            GetPrice(entry, split),
            clock.GetUtcNow(),
            split
        );

    private static DetailedReport Create(Entry entry, IReadOnlyList<string> given, double bits, DisclosureBudget budget) =>
        new([.. entry.Evaluation.Splits.Where(s => given.Contains(s.Split)).Select(Describe)], Math.Round(bits, 1), budget);

    private static DetailedSplit Describe(SplitScore score)
    {
        var percents = WholePercents.Round(score.Matrix!.ToRows());
        return new DetailedSplit(
            score.Split,
            percents,
            [.. percents.Select((row, k) => row.Length == 0 ? (double?)null : row[k] / 100.0)],
            score.Calibration is { } calibration ? DetailCode.RoundCalibration(calibration.ExpectedCalibrationError) : null,
            score.Calibration is { } other ? DetailCode.RoundCalibration(other.Brier) : null
        );
    }

    private static Refusal OwnersOnly() =>
        new(RefusalKind.Forbidden, "Not your submission", "Only the submitter and their team can ask for a detailed report.");

    private static Refusal NotGuarded() =>
        new(
            RefusalKind.Conflict,
            "No detailed report needed",
            "Detailed reports exist on guarded benchmarks. The page and the API of this submission show all details."
        );

    private static Refusal NotShown() =>
        new(
            RefusalKind.Conflict,
            "Scores withheld",
            "Nothing was charged. A detailed report can be asked for once the scores of the submission are shown."
        );

    private static Refusal NoSuchSplit(string split, Evaluation evaluation) =>
        Refusal.BadQuery(
            new FieldProblem(
                "split",
                "unknown-split",
                "the submission has no scores "
                    + $"for \"{split.Shorten()}\"; it has {string.Join(", ", evaluation.Splits.Select(s => s.Split))}"
            )
        );

    private static Refusal TooExpensive(double bits, DisclosureBudget budget, double maximum) =>
        new(
            RefusalKind.Conflict,
            "Limit reached",
            $"Nothing was charged. The report costs {bits:N0} bits about the labels; you were told {budget.Bits:N0} of {maximum:N0}. "
                + "Ask for a single split, or wait until the benchmark is closed and shows all details."
        );

    private sealed record Entry(Submission Row, Benchmark Benchmark, Evaluation Evaluation);
}

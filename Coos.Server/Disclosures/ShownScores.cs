using System.Globalization;
using System.Text.Json;
using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Disclosures;

/// <summary>What everyone may see of the scores of an evaluation.</summary>
/// <param name="Outcome">Whether they are shown.</param>
/// <param name="Numbers">
/// The rounded scores by split and <see cref="Disclosure.MeanKey"/>; null if they are withheld, or shown in full.
/// </param>
internal sealed record ShownScores(ReleaseOutcome Outcome, IReadOnlyDictionary<string, ErrorEstimate>? Numbers)
{
    /// <summary>The scores of an entry that nobody was given an answer about.</summary>
    public static ShownScores Withheld { get; } = new(ReleaseOutcome.NoImprovement, null);

    /// <summary>The scores of an entry without secrets: a baseline, or an entry of a benchmark without a ladder.</summary>
    public static ShownScores Everything { get; } = new(ReleaseOutcome.Shown, null);

    /// <summary>Reads what is shown of all evaluations of a benchmark, by evaluation.</summary>
    public static async Task<Dictionary<Guid, ShownScores>> ReadAsync(
        CoosDbContext database,
        string benchmark,
        CancellationToken cancellation
    )
    {
        var rows = await database
            .Answers.Where(a => a.Benchmark == benchmark && a.Kind == AnswerKind.Score)
            .Select(a => new
            {
                a.EvaluationId,
                a.Outcome,
                a.Shown,
            })
            .ToListAsync(cancellation);
        return rows.ToDictionary(r => r.EvaluationId, r => Create(r.Outcome, r.Shown));
    }

    /// <summary>Reads what is shown of the evaluations of a submission, by evaluation.</summary>
    public static async Task<Dictionary<Guid, ShownScores>> ReadAsync(
        CoosDbContext database,
        Guid submission,
        CancellationToken cancellation
    )
    {
        var rows = await database.Answers.Where(a => a.SubmissionId == submission && a.Kind == AnswerKind.Score).ToListAsync(cancellation);
        return rows.ToDictionary(r => r.EvaluationId, r => Create(r.Outcome, r.Shown));
    }

    /// <summary>Says why scores are withheld, for pages and API; null if they are shown.</summary>
    public string? Explain(Benchmark benchmark) =>
        Outcome switch
        {
            ReleaseOutcome.Shown => null,
            ReleaseOutcome.BudgetUsed => "Another score could tell its submitter more about the labels than this benchmark allows. "
                + "It appears when the benchmark is closed.",
            _ => "Improvement below the step: this benchmark publishes the scores of a submission only if they lower its "
                + $"submitter's best error by more than {FormatPoints(benchmark.Ladder?.Step ?? 0)} points.",
        };

    /// <summary>Says why scores are withheld, in a few words for a table; null if they are shown.</summary>
    public string? Label =>
        Outcome switch
        {
            ReleaseOutcome.Shown => null,
            ReleaseOutcome.BudgetUsed => "shown when the benchmark is closed",
            _ => "improvement below the step",
        };

    /// <summary>Writes rounded scores as JSON.</summary>
    public static string Serialize(IReadOnlyDictionary<string, ErrorEstimate> numbers) =>
        JsonSerializer.Serialize(numbers, CoosJson.Options);

    /// <summary>Reads the rounded scores of an answer; none if it has none.</summary>
    public static IReadOnlyDictionary<string, ErrorEstimate> ReadNumbers(string? json) =>
        json is null
            ? new Dictionary<string, ErrorEstimate>()
            : JsonSerializer.Deserialize<Dictionary<string, ErrorEstimate>>(json, CoosJson.Options)!;

    private static ShownScores Create(int outcome, string? shown) =>
        new((ReleaseOutcome)outcome, shown is null ? null : ReadNumbers(shown));

    private static string FormatPoints(double step) => (100 * step).ToString("0.##", CultureInfo.InvariantCulture);
}

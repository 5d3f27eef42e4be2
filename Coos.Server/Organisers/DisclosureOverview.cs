using Coos.Evaluator.Disclosures;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads what the participants of guarded benchmarks were told about the labels.</summary>
internal sealed class DisclosureOverview(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    DisclosureBudgets budgets,
    DisclosureLimits limits
)
{
    /// <summary>The maximum number of participants that are listed per benchmark.</summary>
    public const int MaximumRows = 50;

    /// <summary>Reads the participants of all guarded benchmarks, by benchmark; those who were told the most come first.</summary>
    public async Task<IReadOnlyDictionary<string, DisclosureState>> ReadAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var states = new Dictionary<string, DisclosureState>();
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark).Where(b => b.Disclosure.IsGuarded))
        {
            states[benchmark.Slug] = await ReadAsync(database, benchmark, cancellation);
        }

        return states;
    }

    private async Task<DisclosureState> ReadAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        var answers = await database
            .Answers.Where(a => a.Benchmark == benchmark.Slug)
            .OrderBy(a => a.CreatedAt)
            .ThenBy(a => a.Id)
            .ToListAsync(cancellation);
        var groups = ParticipantAnswers.Group(answers).OrderByDescending(g => g.Sum(a => a.Bits)).ToList();
        var shown = groups.Take(MaximumRows).ToList();
        var names = await ReadNamesAsync(database, benchmark, shown, cancellation);
        var total = new Transcript(answers.Sum(a => a.Bits), null, Transcript.Empty.Last);
        return new DisclosureState(
            [.. shown.Select(g => Describe(benchmark, g, names))],
            groups.Count,
            budgets.Describe(benchmark, total),
            limits.GetMaximumBits(benchmark),
            AnswerCode.ForStep(benchmark.Disclosure.Step).ComputeBits(0, null)
        );
    }

    private ParticipantDisclosure Describe(Benchmark benchmark, IReadOnlyList<Answer> answers, IReadOnlyDictionary<string, string> names)
    {
        string[] keys = [.. answers.Select(a => a.SubmitterKey).Distinct()];
        return new ParticipantDisclosure(
            string.Join(", ", keys.Select(k => names.GetValueOrDefault(k, k))),
            answers.Count(a => a.Kind == AnswerKind.Score),
            answers.Count(a => a is { Kind: AnswerKind.Score, Outcome: (int)ReleaseOutcome.Shown }),
            answers.Count(a => a.Kind == AnswerKind.Details),
            budgets.Describe(benchmark, ParticipantAnswers.Summarize(answers))
        );
    }

    /// <summary>The names of accounts and teams, and those on the submissions that were sent without an account.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ReadNamesAsync(
        CoosDbContext database,
        Benchmark benchmark,
        IReadOnlyList<IReadOnlyList<Answer>> groups,
        CancellationToken cancellation
    )
    {
        string[] keys = [.. groups.SelectMany(g => g).Select(a => a.SubmitterKey).Distinct()];
        var names = new Dictionary<string, string>(await SubmitterNames.ReadAsync(database, keys, cancellation));
        string[] others = [.. keys.Where(k => !names.ContainsKey(k))];
        var written = await database
            .Submissions.Where(s => s.Benchmark == benchmark.Slug && others.Contains(s.SubmitterKey))
            .Select(s => new { s.SubmitterKey, s.Submitter })
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var submitter in written)
        {
            names[submitter.SubmitterKey] = submitter.Submitter;
        }

        return names;
    }
}

/// <summary>What the participants of a guarded benchmark were told.</summary>
/// <param name="Participants">The participants who were told the most.</param>
/// <param name="Count">The number of all participants.</param>
/// <param name="Total">All answers together: what they could be worth if all participants shared them.</param>
/// <param name="MaximumBits">The bits that one participant may be told; infinite without a limit.</param>
/// <param name="FirstBits">The bits of the smallest first answer: a mean without its interval.</param>
public sealed record DisclosureState(
    IReadOnlyList<ParticipantDisclosure> Participants,
    int Count,
    DisclosureBudget Total,
    double MaximumBits,
    double FirstBits
)
{
    /// <summary>Whether the limit allows not a single score.</summary>
    public bool IsTooSmall => MaximumBits < FirstBits;
}

/// <summary>What a participant was told.</summary>
/// <param name="Name">The accounts and teams that belong together.</param>
/// <param name="Scored">The number of scored submissions, including deleted ones; rescored ones count again.</param>
/// <param name="Shown">How many of them are shown.</param>
/// <param name="Details">The number of splits with a detailed report.</param>
/// <param name="Budget">The sum.</param>
public sealed record ParticipantDisclosure(string Name, int Scored, int Shown, int Details, DisclosureBudget Budget);

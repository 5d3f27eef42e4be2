using System.Globalization;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// Decides whether the viewer may take part in a benchmark, and keeps their request. Accounts are free, and each one learns something
/// about the labels, so organisers decide which accounts take part in a guarded benchmark.
/// </summary>
internal sealed class Participations(
    IDbContextFactory<CoosDbContext> databases,
    CoosSettings settings,
    WriteLock writes,
    Viewer viewer,
    TimeProvider clock
)
{
    /// <summary>Whether a benchmark accepts submissions only of approved accounts.</summary>
    public bool NeedsApproval(Benchmark benchmark) =>
        benchmark.ClosedAt is null
        && (
            benchmark.Participation?.Approval
            ?? (benchmark.Disclosure.IsGuarded && settings.Access.Participation == ParticipationAccess.Approved)
        );

    /// <summary>Whether the viewer needs an approval. Organisers do not, because they see the labels' scores anyway.</summary>
    public bool ViewerNeedsApproval(Benchmark benchmark) => !viewer.HasOrganiserAccount && NeedsApproval(benchmark);

    /// <summary>Finds the viewer's request; a new one in the state <c>None</c> if there is none.</summary>
    public async Task<Participation> FindAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var none = new Participation { AccountId = viewer.AccountId ?? Guid.Empty, Benchmark = benchmark.Slug };
        if (!viewer.IsSignedIn)
        {
            return none;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Query(database, none.AccountId, benchmark.Slug).FirstOrDefaultAsync(cancellation) ?? none;
    }

    /// <summary>Returns the reason why the viewer may not take part in a benchmark; null if they may.</summary>
    public async Task<Refusal?> RefuseAsync(Benchmark benchmark, CancellationToken cancellation) =>
        !ViewerNeedsApproval(benchmark) ? null
        : !viewer.IsSignedIn ? SignInFirst(benchmark)
        : Refuse(benchmark, await FindAsync(benchmark, cancellation));

    /// <summary>Asks to take part. A second request, or one after the decision, changes nothing.</summary>
    /// <returns>The request, or the refusal.</returns>
    public async Task<Result<Participation>> RequestAsync(Benchmark benchmark, string message, CancellationToken cancellation)
    {
        message = message.Trim();
        if (RefuseRequest(benchmark, message) is { } refusal)
        {
            return refusal;
        }

        var account = viewer.AccountId!.Value;
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        using (await writes.AcquireAsync(cancellation))
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await CreateAsync(database, account, benchmark.Slug, cancellation);
            await Query(database, account, benchmark.Slug)
                .Where(p => p.State == ParticipationState.None)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(p => p.State, ParticipationState.Requested)
                            .SetProperty(p => p.Message, message.Length == 0 ? null : message)
                            .SetProperty(p => p.RequestedAt, now),
                    cancellation
                );
        }

        return await FindAsync(benchmark, cancellation);
    }

    /// <summary>Creates the row of an account in the state <c>None</c>, unless it exists. Call it outside a transaction.</summary>
    public static async Task CreateAsync(CoosDbContext database, Guid account, string benchmark, CancellationToken cancellation)
    {
        if (await Query(database, account, benchmark).AnyAsync(cancellation))
        {
            return;
        }

        try
        {
            database.Add(new Participation { AccountId = account, Benchmark = benchmark });
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
        {
            // A concurrent request created it.
            database.ChangeTracker.Clear();
        }
    }

    private Refusal? RefuseRequest(Benchmark benchmark, string message) =>
        viewer switch
        {
            { IsSignedIn: false } => AccessRefusals.SignInRequired(),
            _ when !viewer.Scopes.HasFlag(TokenScopes.Submit) => AccessRefusals.ScopeRequired("submit"),
            _ when !ViewerNeedsApproval(benchmark) => NotNeeded(benchmark),
            _ when message.Length > Participation.MessageLength => Refusal.BadFields(
                new FieldProblem(
                    "message",
                    "too-long",
                    $"message has {message.Length} characters; allowed: up to {Participation.MessageLength}"
                )
            ),
            _ => null,
        };

    private static IQueryable<Participation> Query(CoosDbContext database, Guid account, string benchmark) =>
        database.Participations.Where(p => p.AccountId == account && p.Benchmark == benchmark);

    private static Refusal? Refuse(Benchmark benchmark, Participation participation)
    {
        var (slug, name) = (benchmark.Slug, benchmark.Name);
        var reason = participation.State switch
        {
            ParticipationState.Approved => null,
            ParticipationState.Requested => "You asked to take part on "
                + participation.RequestedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                + " (UTC), and no organiser has decided yet. "
                + $"GET /api/benchmarks/{slug}/participation has the state of your request.",
            ParticipationState.Rejected => "An organiser did not approve your account, or withdrew the approval; contact them.",
            _ => $"Ask to take part at /benchmarks/{slug}/submit, or with POST /api/benchmarks/{slug}/participation.",
        };
        return reason is null
            ? null
            : new Refusal(
                RefusalKind.Forbidden,
                "Approval required",
                $"Nothing was stored. {name} accepts submissions only of accounts that an organiser approved. {reason}"
            );
    }

    private static Refusal SignInFirst(Benchmark benchmark) =>
        new(
            RefusalKind.SignInRequired,
            "Sign in to submit",
            $"Nothing was stored. {benchmark.Name} accepts submissions only of accounts that an organiser approved. "
                + "Sign in at /account, or create an API token there and send it as Authorization: Bearer TOKEN."
        );

    private static Refusal NotNeeded(Benchmark benchmark) =>
        new(
            RefusalKind.Conflict,
            "Approval not needed",
            $"Nothing was stored. Your account may take part in {benchmark.Name} without an approval."
        );
}

using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Lists the accounts that asked to take part in a benchmark, and approves or rejects them.</summary>
internal sealed class ParticipantAdministration(
    IDbContextFactory<CoosDbContext> databases,
    CoosSettings settings,
    AuditLog audit,
    MailQueue mails,
    TimeProvider clock
)
{
    /// <summary>The maximum number of listed accounts, with open requests first.</summary>
    public const int MaximumListed = 500;

    /// <summary>Lists the requests of a benchmark: open ones first and oldest first, then the decisions, newest first.</summary>
    public async Task<List<Participant>> ListAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Select(database, benchmark.Slug)
            .OrderBy(p => p.State == ParticipationState.Requested ? 0 : 1)
            .ThenByDescending(p => p.DecidedAt)
            .ThenBy(p => p.RequestedAt)
            .Take(MaximumListed)
            .ToListAsync(cancellation);
    }

    /// <summary>Approves or rejects an account, whether or not it asked, and tells it so if the server sends mail.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="account">The account.</param>
    /// <param name="isApproved">Whether the account may take part.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The participant, or the refusal.</returns>
    public async Task<Result<Participant>> SetAsync(Benchmark benchmark, Guid account, bool isApproved, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var name = await database
            .Users.Where(a => a.Id == account && a.DeletedAt == null)
            .Select(a => a.UserName)
            .FirstOrDefaultAsync(cancellation);
        if (name is null)
        {
            return Refusal.NotFound(
                $"There is no account {account}. GET /api/benchmarks/{benchmark.Slug}/participants lists the requests."
            );
        }

        await Participations.CreateAsync(database, account, benchmark.Slug, cancellation);
        var state = isApproved ? ParticipationState.Approved : ParticipationState.Rejected;
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var changed = await database
            .Participations.Where(p => p.AccountId == account && p.Benchmark == benchmark.Slug && p.State != state)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, state).SetProperty(p => p.DecidedAt, now), cancellation);
        if (changed > 0)
        {
            await audit.WriteAsync(
                database,
                isApproved ? "participation.approve" : "participation.reject",
                name,
                benchmark.Slug,
                cancellation
            );
        }

        await transaction.CommitAsync(cancellation);
        if (changed > 0 && settings.Mail is not null)
        {
            mails.Enqueue(write => write.WriteDecisionAsync(account, benchmark.Name, benchmark.Slug, isApproved));
        }

        return await Select(database, benchmark.Slug).FirstAsync(p => p.Id == account, cancellation);
    }

    private static IQueryable<Participant> Select(CoosDbContext database, string benchmark) =>
        from participation in database.Participations
        where participation.Benchmark == benchmark && participation.State != ParticipationState.None
        join account in database.Users on participation.AccountId equals account.Id
        where account.DeletedAt == null
        select new Participant
        {
            Id = account.Id,
            Name = account.UserName!,
            Mail = account.Email,
            Team = database.Teams.Where(t => t.Id == account.TeamId).Select(t => t.Name).FirstOrDefault(),
            Message = participation.Message,
            CreatedAt = account.CreatedAt,
            Network = account.Network,
            AccountsFromNetwork = database.Users.Count(a => a.Network != null && a.Network == account.Network),
            Submissions = database.Submissions.Count(s => s.OwnerId == account.Id && s.Benchmark == benchmark),
            State = participation.State,
            RequestedAt = participation.RequestedAt,
            DecidedAt = participation.DecidedAt,
        };
}

/// <summary>An account that asked to take part in a benchmark, or that an organiser approved or rejected.</summary>
internal sealed record Participant
{
    /// <summary>The account.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its public name.</summary>
    public required string Name { get; init; }

    /// <summary>Its confirmed mail address; absent if the server sends no mail.</summary>
    public string? Mail { get; init; }

    /// <summary>Its team; absent for none. The approval is the account's own and not the team's.</summary>
    public string? Team { get; init; }

    /// <summary>What it wrote to the organisers; absent for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>When it was registered, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The network from which it was registered, /24 for IPv4 and /48 for IPv6; absent if unknown.</summary>
    public string? Network { get; init; }

    /// <summary>The number of accounts that were registered from this network, this one included.</summary>
    public required int AccountsFromNetwork { get; init; }

    /// <summary>The number of its submissions to the benchmark.</summary>
    public required int Submissions { get; init; }

    /// <summary>The state of its request.</summary>
    public required ParticipationState State { get; init; }

    /// <summary>When it asked, UTC; absent if it did not.</summary>
    public DateTime? RequestedAt { get; init; }

    /// <summary>When an organiser last decided, UTC; absent if none has.</summary>
    public DateTime? DecidedAt { get; init; }
}

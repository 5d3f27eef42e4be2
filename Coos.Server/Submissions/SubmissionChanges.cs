using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// What owners and organisers do to submissions. Somebody who may not see one hears that there is none; who sees it and
/// may not change it hears so.
/// </summary>
internal sealed class SubmissionChanges(CoosDbContext database, Viewer viewer, SubmissionGate gate, AuditLog audit, ResultVersions results, TimeProvider clock)
{
    /// <summary>Why the viewer may not change a submission; null where they may.</summary>
    public async Task<Refusal?> MayChangeAsync(Guid id, CancellationToken cancellation) => (await FindAsync(id, TokenScopes.Submit, "submit", cancellation)).Refusal;

    /// <summary>The account that sent a submission; null where none did.</summary>
    public Task<Guid?> FindOwnerAsync(Guid id, CancellationToken cancellation) =>
        database.Submissions.VisibleTo(viewer).Where(s => s.Id == id).Select(s => s.OwnerId).FirstOrDefaultAsync(cancellation);

    /// <summary>Deletes a submission with its files and evaluations. Its slot of the quota stays spent.</summary>
    public async Task<Refusal?> DeleteAsync(Guid id, CancellationToken cancellation)
    {
        var (row, refusal) = await FindAsync(id, TokenScopes.Submit, "submit", cancellation);
        if (row is null)
        {
            return refusal;
        }

        await ChangeAsync(
            row,
            "submission.delete",
            $"\"{row.Method}\" by {row.Submitter}, sent {row.CreatedAt:yyyy-MM-dd HH:mm} UTC, {row.PredictionsHash}",
            rows => rows.ExecuteDeleteAsync(cancellation),
            cancellation);
        return null;
    }

    /// <summary>Changes what a submission says of itself.</summary>
    public async Task<Refusal?> ApplyAsync(Guid id, SubmissionPatch patch, CancellationToken cancellation)
    {
        var (row, refusal) = await FindAsync(id, TokenScopes.Submit, "submit", cancellation);
        if (row is null)
        {
            return refusal;
        }

        var (visibility, description) = (patch.Visibility ?? row.Visibility, patch.Sent.Contains("description") ? patch.Description : row.Description);
        var (paper, code) = (patch.Sent.Contains("paperUrl") ? patch.PaperUrl : row.PaperUrl, patch.Sent.Contains("codeUrl") ? patch.CodeUrl : row.CodeUrl);
        await ChangeAsync(
            row,
            "submission.change",
            string.Join(", ", patch.Sent.Order(StringComparer.Ordinal)),
            rows => rows.ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.Visibility, visibility)
                    .SetProperty(s => s.Description, description)
                    .SetProperty(s => s.PaperUrl, paper)
                    .SetProperty(s => s.CodeUrl, code),
                cancellation),
            cancellation);
        return null;
    }

    /// <summary>
    /// Why the viewer may not publish a submission; null where they may. What was sent without an account has no owner who
    /// could: there, whoever may submit without one and knows the address may.
    /// </summary>
    public async Task<Refusal?> MayPublishAsync(Guid id, CancellationToken cancellation)
    {
        var row = await database.Submissions.VisibleTo(viewer).FirstOrDefaultAsync(s => s.Id == id, cancellation);
        return row is { OwnerId: null, Kind: SubmissionKind.Submission } && !viewer.IsOrganiser ? gate.Refuse() : await MayChangeAsync(id, cancellation);
    }

    /// <summary>Puts a private submission on the leaderboard.</summary>
    public async Task<Refusal?> PublishAsync(Guid id, CancellationToken cancellation)
    {
        if (await MayPublishAsync(id, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (await database.Submissions.FirstOrDefaultAsync(s => s.Id == id, cancellation) is { } row)
        {
            await ChangeAsync(
                row,
                "submission.publish",
                $"\"{row.Method}\" by {row.Submitter}",
                rows => rows.ExecuteUpdateAsync(set => set.SetProperty(s => s.Visibility, SubmissionVisibility.Public), cancellation),
                cancellation);
        }

        return null;
    }

    /// <summary>Opens the original upload of a split.</summary>
    public async Task<(Stream? Content, Refusal? Refusal)> OpenOriginalAsync(Guid id, string split, CancellationToken cancellation)
    {
        var (row, refusal) = await FindAsync(id, TokenScopes.Read, "read", cancellation);
        if (row is null)
        {
            return (null, refusal);
        }

        var content = await database.PredictionFiles
            .Where(f => f.SubmissionId == id && f.Split == split)
            .Select(f => f.Original.Content)
            .FirstOrDefaultAsync(cancellation);
        if (content is null)
        {
            return (null, Refusal.NotFound($"The submission has no predictions of \"{split.Shorten()}\"."));
        }

        // Nobody but its owner gets to see a file without a trace.
        if (IsActOfOrganiser(row))
        {
            await audit.WriteAsync(database, "submission.read-file", row.Id.ToString(), $"{split} of \"{row.Method}\" by {row.Submitter}", cancellation);
        }

        return (OriginalText.Open(content), null);
    }

    /// <summary>The submission where the viewer may act on it with this scope.</summary>
    private async Task<(Submission? Row, Refusal? Refusal)> FindAsync(Guid id, TokenScopes scope, string scopeName, CancellationToken cancellation)
    {
        var row = await database.Submissions.VisibleTo(viewer).FirstOrDefaultAsync(s => s.Id == id, cancellation);
        return row switch
        {
            null => (null, Refusal.NotFound($"There is no submission {id}.")),
            _ when viewer.IsOrganiser => (row, null),
            _ when !viewer.IsSignedIn => (null, AccessRefusals.SignInRequired()),
            _ when !viewer.Owns(row) => (null, OwnerOnly()),
            _ when !viewer.Scopes.HasFlag(scope) => (null, AccessRefusals.ScopeRequired(scopeName)),
            _ => (row, null),
        };
    }

    /// <summary>Whether the viewer acts as organiser: on what is not theirs. Without an account, somebody may publish what nobody owns.</summary>
    private bool IsActOfOrganiser(Submission row) => viewer.IsOrganiser && !viewer.Owns(row);

    /// <summary>Changes the row and, where an organiser does it, writes into the audit log, in one transaction.</summary>
    private async Task ChangeAsync(Submission row, string action, string detail, Func<IQueryable<Submission>, Task> change, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var changed = database.Submissions.Where(s => s.Id == row.Id);
        await change(changed);
        await Publication.MarkAsync(changed, clock.GetUtcNow().UtcDateTime, cancellation);
        if (IsActOfOrganiser(row))
        {
            await audit.WriteAsync(database, action, row.Id.ToString(), detail, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        await results.InvalidateAsync(row.Benchmark, cancellation);
    }

    private static Refusal OwnerOnly() =>
        new(RefusalKind.Forbidden, "Not yours", "This is for whoever sent the submission, their team, and organisers.");
}

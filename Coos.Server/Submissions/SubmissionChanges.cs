using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Changes, publishes and deletes submissions for their owners and for organisers. A viewer who may not see a submission gets
/// "not found"; a viewer who may see but not change it gets "forbidden".
/// </summary>
internal sealed class SubmissionChanges(
    IDbContextFactory<CoosDbContext> databases,
    Viewer viewer,
    SubmissionGate gate,
    BenchmarkCatalog catalog,
    AuditLog audit,
    ResultVersions results,
    TimeProvider clock
)
{
    /// <summary>Checks whether the viewer may change a submission; null if they may.</summary>
    public async Task<Refusal?> MayChangeAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return (await FindAsync(database, id, TokenScopes.Submit, "submit", cancellation)).Refusal;
    }

    /// <summary>Finds the account that sent a submission; null for none.</summary>
    public async Task<Guid?> FindOwnerAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Submissions.VisibleTo(viewer).Where(s => s.Id == id).Select(s => s.OwnerId).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Deletes a submission with its files and evaluations. Its quota slot stays used.</summary>
    public async Task<Refusal?> DeleteAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await FindAsync(database, id, TokenScopes.Submit, "submit", cancellation);
        if (!found.TryGet(out var row, out var refusal))
        {
            return refusal;
        }

        await ChangeAsync(
            database,
            row,
            "submission.delete",
            $"\"{row.Method}\" by {row.Submitter}, sent {row.CreatedAt:yyyy-MM-dd HH:mm} UTC, {row.PredictionsHash}",
            rows => rows.ExecuteDeleteAsync(cancellation),
            cancellation
        );
        return null;
    }

    /// <summary>Changes the metadata of a submission.</summary>
    public async Task<Refusal?> ApplyAsync(Guid id, SubmissionPatch patch, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await FindAsync(database, id, TokenScopes.Submit, "submit", cancellation);
        if (!found.TryGet(out var row, out var refusal))
        {
            return refusal;
        }

        if (patch.Method is { } name && name != row.Method && row.Kind == SubmissionKind.Baseline)
        {
            return NameFromRun();
        }

        var method = patch.Method ?? row.Method;
        var visibility = patch.Visibility ?? row.Visibility;
        var description = patch.Sent.Contains("description") ? patch.Description : row.Description;
        var paper = patch.Sent.Contains("paperUrl") ? patch.PaperUrl : row.PaperUrl;
        var code = patch.Sent.Contains("codeUrl") ? patch.CodeUrl : row.CodeUrl;
        var external = patch.Sent.Contains("externalData") ? patch.ExternalData : row.ExternalData;
        var run = patch.Sent.Contains("run") ? patch.Run : row.Run;
        var protocol = patch.Merge(ProtocolFields.Of(row) ?? Protocol.None);
        await ChangeAsync(
            database,
            row,
            "submission.change",
            string.Join(", ", patch.Sent.Order(StringComparer.Ordinal)) + (method == row.Method ? "" : $"; \"{row.Method}\" renamed"),
            async rows =>
            {
                await RecordNameAsync(database, rows, row.Id, method, cancellation);
                await rows.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(s => s.Method, method)
                            .SetProperty(s => s.Visibility, visibility)
                            .SetProperty(s => s.Description, description)
                            .SetProperty(s => s.PaperUrl, paper)
                            .SetProperty(s => s.CodeUrl, code)
                            .SetProperty(s => s.ExternalData, external)
                            .SetProperty(s => s.Run, run)
                            .SetProperty(s => s.Family, protocol.Family)
                            .SetProperty(s => s.Pretraining, protocol.Pretraining)
                            .SetProperty(s => s.TrainingImages, protocol.TrainingImages)
                            .SetProperty(s => s.Ensemble, protocol.Ensemble)
                            .SetProperty(s => s.TestTimeAdaptation, protocol.TestTimeAdaptation)
                            .SetProperty(s => s.TunedOn, protocol.TunedOn)
                            .SetProperty(s => s.Parameters, protocol.Parameters),
                    cancellation
                );
            },
            cancellation
        );
        return null;
    }

    /// <summary>
    /// Records the name that a public submission has before it gets another one, in the context's current transaction. The name of a
    /// private one was never public, so nobody cited it.
    /// </summary>
    private async Task RecordNameAsync(
        CoosDbContext database,
        IQueryable<Submission> rows,
        Guid id,
        string next,
        CancellationToken cancellation
    )
    {
        var former = await rows.Where(s => s.Visibility == SubmissionVisibility.Public)
            .Select(s => s.Method)
            .FirstOrDefaultAsync(cancellation);
        if (former is null || former == next)
        {
            return;
        }

        var now = clock.GetUtcNow();
        database.Add(
            new MethodRename
            {
                Id = Guid.CreateVersion7(now),
                SubmissionId = id,
                Method = former,
                ReplacedAt = now.UtcDateTime,
            }
        );
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// Checks whether the viewer may publish a submission; null if they may. A submission without an account has no owner, so
    /// anyone who knows its URL and may submit without an account may publish it.
    /// </summary>
    public async Task<Refusal?> MayPublishAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var row = await database.Submissions.VisibleTo(viewer).FirstOrDefaultAsync(s => s.Id == id, cancellation);
        return row is { OwnerId: null, Kind: SubmissionKind.Submission } && !viewer.IsOrganiser
            ? gate.Refuse()
            : (await FindAsync(database, id, TokenScopes.Submit, "submit", cancellation)).Refusal;
    }

    /// <summary>Publishes a private submission on the leaderboard.</summary>
    public async Task<Refusal?> PublishAsync(Guid id, CancellationToken cancellation)
    {
        if (await MayPublishAsync(id, cancellation) is { } refusal)
        {
            return refusal;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Submissions.FirstOrDefaultAsync(s => s.Id == id, cancellation) is { } row)
        {
            await ChangeAsync(
                database,
                row,
                "submission.publish",
                $"\"{row.Method}\" by {row.Submitter}",
                rows => rows.ExecuteUpdateAsync(set => set.SetProperty(s => s.Visibility, SubmissionVisibility.Public), cancellation),
                cancellation
            );
        }

        return null;
    }

    /// <summary>Opens the original upload of a split.</summary>
    public async Task<Result<Stream>> OpenOriginalAsync(Guid id, string split, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await FindAsync(database, id, TokenScopes.Read, "read", cancellation);
        if (!found.TryGet(out var row, out var refusal))
        {
            return refusal;
        }

        var content = await database
            .PredictionFiles.Where(f => f.SubmissionId == id && f.Split == split)
            .Select(f => f.Original.Content)
            .FirstOrDefaultAsync(cancellation);
        if (content is null)
        {
            return Refusal.NotFound($"The submission has no predictions of \"{split.Shorten()}\".");
        }

        if (row.IsRunHere && !viewer.IsOrganiser && HidesImages(row) && await HasOnlyModelAsync(database, row, cancellation))
        {
            return ScoresCouldHoldPixels();
        }

        // Downloads by organisers are logged; those by owners are not.
        if (IsOrganiserAction(row))
        {
            await audit.WriteAsync(
                database,
                "submission.read-file",
                row.Id.ToString(),
                $"{split} of \"{row.Method}\" by {row.Submitter}",
                cancellation
            );
        }

        return OriginalText.Open(content);
    }

    private bool HidesImages(Submission row) =>
        !catalog.TryGet(row.Benchmark, out var folder) || folder.Benchmark.Images == ImageAudience.Organisers;

    /// <summary>Whether the predictions came from the run: what a participant sent as files carries the files' hash.</summary>
    private static Task<bool> HasOnlyModelAsync(CoosDbContext database, Submission row, CancellationToken cancellation) =>
        database.Models.AnyAsync(m => m.SubmissionId == row.Id && m.Hash == row.PredictionsHash, cancellation);

    /// <summary>Refuses the scores of a run on images that the owner may not see: a model could copy pixels into its scores.</summary>
    private static Refusal ScoresCouldHoldPixels() =>
        new(
            RefusalKind.Forbidden,
            "Scores of hidden images",
            "The images of this benchmark are hidden, and the scores of a model that ran on them could tell their pixels. "
                + "Organisers can download them."
        );

    /// <summary>Finds a submission if the viewer may act on it with this scope.</summary>
    private async Task<Result<Submission>> FindAsync(
        CoosDbContext database,
        Guid id,
        TokenScopes scope,
        string scopeName,
        CancellationToken cancellation
    )
    {
        var row = await database.Submissions.VisibleTo(viewer).FirstOrDefaultAsync(s => s.Id == id, cancellation);
        return row switch
        {
            null => SubmissionReader.NotFound(id),
            _ when viewer.IsOrganiser => row,
            _ when !viewer.IsSignedIn => AccessRefusals.SignInRequired(),
            _ when !viewer.Owns(row) => OwnerOnly(),
            _ when !viewer.Scopes.HasFlag(scope) => AccessRefusals.ScopeRequired(scopeName),
            _ => row,
        };
    }

    /// <summary>
    /// Whether the viewer acts as organiser, which means on a submission that is not their own. Publishing a submission without
    /// an owner is not an organiser's action if the viewer is not an organiser.
    /// </summary>
    private bool IsOrganiserAction(Submission row) => viewer.IsOrganiser && !viewer.Owns(row);

    /// <summary>Changes the row and logs the action of an organiser, in one transaction.</summary>
    private async Task ChangeAsync(
        CoosDbContext database,
        Submission row,
        string action,
        string detail,
        Func<IQueryable<Submission>, Task> change,
        CancellationToken cancellation
    )
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var changed = database.Submissions.Where(s => s.Id == row.Id);
        await change(changed);
        await Publication.MarkAsync(changed, clock.GetUtcNow().UtcDateTime, cancellation);
        if (IsOrganiserAction(row))
        {
            await audit.WriteAsync(database, action, row.Id.ToString(), detail, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        await results.InvalidateAsync(row.Benchmark);
    }

    private static Refusal NameFromRun() =>
        new(
            RefusalKind.Conflict,
            "The name comes from a file",
            "Nothing was changed. The server reads the name of a baseline from its run.json; change method there."
        );

    private static Refusal OwnerOnly() =>
        new(RefusalKind.Forbidden, "Not your submission", "Only the submitter, their team and organisers can do this.");
}

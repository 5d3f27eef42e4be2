using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>Stores, finds and deletes uploads, for both the API and the pages.</summary>
internal sealed class UploadService(
    ValidationLimiter limiter,
    UploadIntake intake,
    UploadStore store,
    SubmissionGate gate,
    BenchmarkCatalog catalog,
    LabelStore labels,
    Viewer viewer,
    RequestOrigin origin
)
{
    /// <summary>The prefix of an upload's owner without an account.</summary>
    public const string AddressPrefix = "address:";

    /// <summary>Identifies the sender for limits of concurrent work; null on this machine without an account.</summary>
    public string? Sender => viewer.AccountId is null && origin.IsThisMachine ? null : Owner;

    private string Owner => viewer.AccountId is { } account ? Submitter.KeyOf(account) : AddressPrefix + origin.AddressKey;

    /// <summary>Validates and stores a file.</summary>
    /// <returns>The upload, or the refusal.</returns>
    public async Task<Result<StoredUpload>> AddAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        if (await gate.RefuseAsync(form["benchmark"], cancellation) is { } forbidden)
        {
            return forbidden;
        }

        if (!(await CheckAsync(form, cancellation)).TryGet(out var file, out var invalid))
        {
            return invalid;
        }

        var stored = await store.InsertAsync(file, Owner, cancellation);
        return stored.Match<Result<StoredUpload>>(
            row => StoredUpload.From(row, file.Benchmark, file.WrongSplit, split => file.Files.First(f => f.Split == split.Split).Warnings),
            refusal => refusal
        );
    }

    /// <summary>Finds an upload.</summary>
    public async Task<Result<StoredUpload>> FindAsync(Guid id, CancellationToken cancellation) =>
        await store.LoadAsync([id], Owner, cancellation) is [var row] && catalog.TryGet(row.Benchmark, out var folder)
            ? StoredUpload.From(row, folder.Benchmark, wrongSplit: null, split => UploadWarnings.Read(split, folder.Benchmark, labels))
            : NotFound(id);

    /// <summary>Loads the uploads of a submission. Expired uploads and those of other accounts are omitted.</summary>
    public Task<IReadOnlyList<Upload>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        store.LoadAsync(ids, Owner, cancellation);

    /// <summary>Deletes an upload.</summary>
    /// <returns>Null if it was deleted; otherwise the refusal.</returns>
    public async Task<Refusal?> DeleteAsync(Guid id, CancellationToken cancellation) =>
        await store.DeleteAsync(id, Owner, cancellation) ? null : NotFound(id);

    /// <summary>Shortens the lifetime of submitted uploads.</summary>
    public Task ExpireSoonAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => store.ExpireSoonAsync(ids, cancellation);

    /// <summary>Rejects a file while too many of the sender wait to be checked.</summary>
    public static Refusal TooManyWaiting() =>
        new(
            RefusalKind.TooManyRequests,
            "Too many files at once",
            $"Nothing was stored. {ValidationLimiter.MaxWaiting} of your files are waiting to be checked; send this one when they are done."
        );

    /// <summary>Rejects an id that does not exist, has expired or belongs to another account.</summary>
    private static Refusal NotFound(Guid id) =>
        Refusal.NotFound($"There is no upload {id}. Uploads expire after a day; upload the file again.");

    private async Task<Result<CheckedUpload>> CheckAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        using var slot = await limiter.AcquireAsync(Sender, cancellation);
        return slot is null ? TooManyWaiting() : intake.Check(form, cancellation);
    }
}

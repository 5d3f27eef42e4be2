using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>Takes files before they are submitted; API and pages use it alike.</summary>
internal sealed class UploadService(
    ValidationLimiter limiter,
    UploadIntake intake,
    UploadStore store,
    BenchmarkCatalog catalog,
    Viewer viewer,
    RequestOrigin origin
)
{
    /// <summary>The start of the owner of an upload without an account.</summary>
    public const string AddressPrefix = "address:";

    private string Owner => viewer.AccountId is { } account ? $"account:{account}" : AddressPrefix + origin.AddressKey;

    /// <summary>Checks and stores a file.</summary>
    /// <returns>The stored upload, with the problem that it was sent for another split; or why nothing was stored.</returns>
    public async Task<Result<StoredUpload>> AddAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        if (!(await CheckAsync(form, cancellation)).TryGet(out var file, out var invalid))
        {
            return invalid;
        }

        var stored = await store.InsertAsync(file, Owner, cancellation);
        return stored.Match<Result<StoredUpload>>(row => StoredUpload.From(row, file.Benchmark, file.WrongSplit), refusal => refusal);
    }

    /// <summary>Finds an upload.</summary>
    public async Task<Result<StoredUpload>> FindAsync(Guid id, CancellationToken cancellation) =>
        await store.LoadAsync([id], Owner, cancellation) is [var row] && catalog.TryGet(row.Benchmark, out var folder)
            ? StoredUpload.From(row, folder.Benchmark, wrongSplit: null)
            : Unknown(id);

    /// <summary>Loads the uploads of a submission in the order of their ids; those that cannot be used are left out.</summary>
    public Task<IReadOnlyList<Upload>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        store.LoadAsync(ids, Owner, cancellation);

    /// <summary>Deletes an upload.</summary>
    /// <returns>Null if it was deleted.</returns>
    public async Task<Refusal?> DeleteAsync(Guid id, CancellationToken cancellation) =>
        await store.DeleteAsync(id, Owner, cancellation) ? null : Unknown(id);

    /// <summary>Lets submitted uploads expire soon.</summary>
    public Task ExpireSoonAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => store.ExpireSoonAsync(ids, cancellation);

    /// <summary>The refusal of an id that is unknown, expired or another account's.</summary>
    private static Refusal Unknown(Guid id) =>
        Refusal.NotFound($"There is no upload {id}. Uploads expire after a day; upload the file again.");

    private async Task<Result<CheckedUpload>> CheckAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        using var taken = await limiter.AcquireAsync(cancellation);
        return intake.Check(form);
    }
}

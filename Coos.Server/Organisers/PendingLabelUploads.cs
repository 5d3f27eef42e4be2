namespace Coos.Server.Organisers;

/// <summary>
/// Holds labels between the preview and the organiser's confirmation, because a browser cannot send a chosen file a second
/// time. They are kept in memory for a limited time; after that the organiser must choose the file again.
/// </summary>
internal sealed class PendingLabelUploads(TimeProvider clock)
{
    /// <summary>How long an upload is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);

    /// <summary>The maximum number of uploads of all organisers together; the oldest are removed first.</summary>
    public const int MaximumUploads = 8;

    private readonly List<PendingUpload> _pending = [];
    private readonly Lock _lock = new();

    /// <summary>Adds the labels of an account.</summary>
    /// <returns>The id of the upload.</returns>
    public Guid Add(Guid account, CheckedLabels labels)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        lock (_lock)
        {
            RemoveExpired(now);
            if (_pending.Count >= MaximumUploads)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(new PendingUpload(id, account, now, labels));
        }

        return id;
    }

    /// <summary>Removes and returns an account's labels; null if they expired or were taken.</summary>
    public CheckedLabels? Take(Guid account, Guid id)
    {
        lock (_lock)
        {
            RemoveExpired(clock.GetUtcNow());
            var found = _pending.FirstOrDefault(k => k.Id == id && k.Account == account);
            if (found is not null)
            {
                _pending.Remove(found);
            }

            return found?.Labels;
        }
    }

    private void RemoveExpired(DateTimeOffset now) => _pending.RemoveAll(k => k.At <= now - Lifetime);

    private sealed record PendingUpload(Guid Id, Guid Account, DateTimeOffset At, CheckedLabels Labels);
}

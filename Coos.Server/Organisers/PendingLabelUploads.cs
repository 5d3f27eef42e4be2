namespace Coos.Server.Organisers;

/// <summary>
/// Labels that an organiser looks at, until they say that these shall be in force: a browser does not send a chosen file
/// a second time. In the memory of this process, for a while; where they are gone, the file is chosen again.
/// </summary>
internal sealed class PendingLabelUploads(TimeProvider clock)
{
    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);

    /// <summary>The most that are kept, of all organisers together; the oldest go first.</summary>
    public const int Most = 8;

    private readonly List<Kept> _kept = [];
    private readonly Lock _lock = new();

    /// <summary>Keeps labels for an account.</summary>
    /// <returns>What they are asked for by.</returns>
    public Guid Keep(Guid account, CheckedLabels labels)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        lock (_lock)
        {
            Forget(now);
            if (_kept.Count >= Most)
            {
                _kept.RemoveAt(0);
            }

            _kept.Add(new Kept(id, account, now, labels));
        }

        return id;
    }

    /// <summary>Hands an account's labels out, once; null where they are gone.</summary>
    public CheckedLabels? Take(Guid account, Guid id)
    {
        lock (_lock)
        {
            Forget(clock.GetUtcNow());
            var found = _kept.FirstOrDefault(k => k.Id == id && k.Account == account);
            if (found is not null)
            {
                _kept.Remove(found);
            }

            return found?.Labels;
        }
    }

    private void Forget(DateTimeOffset now) => _kept.RemoveAll(k => k.At <= now - Lifetime);

    private sealed record Kept(Guid Id, Guid Account, DateTimeOffset At, CheckedLabels Labels);
}

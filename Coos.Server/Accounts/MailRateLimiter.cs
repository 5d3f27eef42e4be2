namespace Coos.Server.Accounts;

/// <summary>
/// So many mails an hour to one address. The limit by the sender's address alone would let many senders fill one
/// person's mailbox. Kept in memory: a restart forgives a few mails.
/// </summary>
internal sealed class MailRateLimiter(TimeProvider clock)
{
    /// <summary>The most mails to an address in <see cref="Window"/>.</summary>
    public const int Most = 5;

    /// <summary>How long a mail counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Dictionary<string, List<DateTimeOffset>> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    /// <summary>Whether one more mail may go to an address; counts it.</summary>
    public bool TryTake(string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var old in _sent.Where(s => s.Value[^1] <= now - Window).Select(s => s.Key).ToList())
            {
                _sent.Remove(old);
            }

            var times = _sent.TryGetValue(address, out var known) ? known : _sent[address] = [];
            times.RemoveAll(t => t <= now - Window);
            if (times.Count >= Most)
            {
                return false;
            }

            times.Add(now);
            return true;
        }
    }
}

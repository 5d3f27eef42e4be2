namespace Coos.Server.Accounts;

/// <summary>
/// Limits the mails per hour to one recipient. The rate limit by IP address alone would let many clients fill one person's
/// mailbox. The counts are in memory, so a restart resets them.
/// </summary>
internal sealed class MailRateLimiter(TimeProvider clock)
{
    /// <summary>The maximum number of mails to an address within <see cref="Window"/>.</summary>
    public const int MaxMails = 5;

    /// <summary>The time for which a mail counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Dictionary<string, List<DateTimeOffset>> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    /// <summary>Takes a slot for one mail to an address, if there is one.</summary>
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
            if (times.Count >= MaxMails)
            {
                return false;
            }

            times.Add(now);
            return true;
        }
    }
}

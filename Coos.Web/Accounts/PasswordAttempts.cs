using System.Net;

namespace Coos.Web.Accounts;

/// <summary>
/// Limits wrong passwords per account and network of the sender. A limit per account alone would let anyone who knows a public
/// name lock its owner out. The counts are kept in the memory of this process.
/// </summary>
internal sealed class PasswordAttempts(TimeProvider clock)
{
    /// <summary>The number of wrong passwords for an account that one sender may try in a <see cref="Window"/>.</summary>
    public const int MaxPerSender = 5;

    /// <summary>The same for the larger network around the sender, whose owner may have many addresses.</summary>
    public const int MaxPerWideNetwork = 20;

    /// <summary>How long an attempt counts, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Account, string Network), Count> _counts = [];
    private long _cleanedAt = clock.GetTimestamp();

    /// <summary>
    /// Counts an attempt before the password is checked, so that concurrent attempts cannot exceed the limit. A right password
    /// must be reported with <see cref="Succeed"/>.
    /// </summary>
    /// <returns>Whether the password may be checked.</returns>
    public bool TryBegin(Guid account, IPAddress? address)
    {
        lock (_lock)
        {
            RemoveExpired();
            var (sender, network) = (FindOrAdd(account, SenderNetwork.Of(address)), FindOrAdd(account, SenderNetwork.WideOf(address)));
            if (sender.Attempts >= MaxPerSender || network.Attempts >= MaxPerWideNetwork)
            {
                return false;
            }

            sender.Attempts++;
            network.Attempts++;
            return true;
        }
    }

    /// <summary>Forgets the attempts of a sender who knew the password.</summary>
    public void Succeed(Guid account, IPAddress? address)
    {
        lock (_lock)
        {
            _counts.Remove((account, SenderNetwork.Of(address)));
            _counts.Remove((account, SenderNetwork.WideOf(address)));
        }
    }

    /// <summary>Forgets all attempts at a password that was replaced.</summary>
    public void Forget(Guid account)
    {
        lock (_lock)
        {
            foreach (var key in _counts.Keys.Where(k => k.Account == account).ToList())
            {
                _counts.Remove(key);
            }
        }
    }

    private Count FindOrAdd(Guid account, string network)
    {
        if (!_counts.TryGetValue((account, network), out var count) || IsExpired(count))
        {
            count = new Count(clock.GetTimestamp());
            _counts[(account, network)] = count;
        }

        return count;
    }

    private bool IsExpired(Count count) => clock.GetElapsedTime(count.Since) >= Window;

    /// <summary>Keeps the memory small: at most once per window, removes what no longer counts.</summary>
    private void RemoveExpired()
    {
        if (clock.GetElapsedTime(_cleanedAt) < Window)
        {
            return;
        }

        _cleanedAt = clock.GetTimestamp();
        foreach (var (key, _) in _counts.Where(c => IsExpired(c.Value)).ToList())
        {
            _counts.Remove(key);
        }
    }

    private sealed class Count(long since)
    {
        public long Since { get; } = since;

        public int Attempts { get; set; }
    }
}

namespace Coos.Server.Configuration;

/// <summary>Which accounts may submit to guarded benchmarks.</summary>
internal enum ParticipationAccess
{
    /// <summary>Accounts that an organiser approved for the benchmark.</summary>
    Approved = 0,

    /// <summary>All that may submit to other benchmarks.</summary>
    Open = 1,
}

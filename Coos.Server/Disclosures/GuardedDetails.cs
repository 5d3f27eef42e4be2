using Coos.Server.Problems;

namespace Coos.Server.Disclosures;

/// <summary>Refuses details that would reveal labels of a guarded benchmark.</summary>
internal static class GuardedDetails
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="why">Why the details would reveal labels, in a sentence.</param>
    /// <param name="reason">What the benchmark shows instead, from its disclosure.</param>
    /// <param name="kind">The kind of the refusal: a conflict if the details can be seen when the benchmark is closed.</param>
    public static Refusal Refuse(string why, string reason, RefusalKind kind = RefusalKind.Conflict) =>
        new(kind, "Details not shown", $"{why} {reason}");
}

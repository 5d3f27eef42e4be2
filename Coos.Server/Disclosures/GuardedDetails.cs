using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Disclosures;

/// <summary>Refuses details that would reveal labels of a guarded benchmark.</summary>
internal static class GuardedDetails
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="disclosure">What the benchmark shows, and why not more.</param>
    /// <param name="why">Why the details would reveal labels, in a sentence.</param>
    /// <param name="kind">The kind of the refusal: a conflict if the details can be seen when the benchmark is closed.</param>
    public static Refusal Refuse(Disclosure disclosure, string why, RefusalKind kind = RefusalKind.Conflict) =>
        new(kind, "Details not shown", $"{why} {disclosure.Reason}");
}

using System.Text.Json.Serialization;
using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;

namespace Coos.Server.Consistencies;

/// <summary>Which entries of a benchmark make the same mistakes.</summary>
public sealed record ConsistencyDocument
{
    /// <summary>The benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The test sets whose images are compared; each counts the same.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>Whether the result is still being computed. Ask again in a moment.</summary>
    public bool IsComputing { get; init; }

    /// <summary>Whether it could not be computed. The cause is in the server's log; the server will try again. Absent if not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasFailed { get; init; }

    /// <summary>The number of images.</summary>
    public int? Images { get; init; }

    /// <summary>The entries, so that entries that make the same mistakes are neighbours.</summary>
    public IReadOnlyList<ConsistentEntry> Entries { get; init; } = [];

    /// <summary>
    /// The kappa of each entry with the ones before it, -1..1, to six decimals: row i has i values. Null where both entries are
    /// right on all images, or both wrong on all.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double?>> Kappas { get; init; } = [];

    /// <summary>The pairs with the largest kappa, largest first.</summary>
    public IReadOnlyList<ConsistentPair> MostAlike { get; init; } = [];

    /// <summary>The pairs with the smallest kappa, smallest first.</summary>
    public IReadOnlyList<ConsistentPair> LeastAlike { get; init; } = [];

    /// <summary>How much the best entries could gain together; null with fewer than two entries.</summary>
    public EnsembleOracle? Ensemble { get; init; }

    /// <summary>The entries that are left out, and why.</summary>
    public required IReadOnlyList<ExcludedEntry> Excluded { get; init; }
}

/// <summary>An entry.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Submitter">The submitter.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Rank">Its rank on the leaderboard; null if it has none.</param>
/// <param name="Accuracy">The class-balanced accuracy, averaged over the test sets, 0..1.</param>
public sealed record ConsistentEntry(Guid Id, string Method, string Submitter, SubmissionKind Kind, int? Rank, double Accuracy);

/// <summary>A pair of entries.</summary>
/// <param name="A">The submission that is first in the order of the entries.</param>
/// <param name="B">The other submission.</param>
/// <param name="Kappa">The error consistency, -1..1.</param>
/// <param name="Interval">Its 95% interval.</param>
/// <param name="Unit">What the interval takes as independent: image, well or plate.</param>
/// <param name="Agreement">The share of images that both get right or both get wrong, 0..1, class-balanced.</param>
/// <param name="Expected">The agreement expected of independent errors, 0..1.</param>
/// <param name="Oracle">The share of images that at least one of the two gets right, 0..1, class-balanced.</param>
public sealed record ConsistentPair(
    Guid A,
    Guid B,
    double Kappa,
    double[]? Interval,
    string? Unit,
    double Agreement,
    double Expected,
    double Oracle
);

/// <summary>What the best entries know together.</summary>
/// <param name="Entries">The submissions, best first: five, or all if there are fewer.</param>
/// <param name="Best">The accuracy of the best of them, 0..1, class-balanced.</param>
/// <param name="Oracle">
/// The share of images that at least one of them gets right: what no ensemble of them that picks one can exceed.
/// </param>
public sealed record EnsembleOracle(IReadOnlyList<Guid> Entries, double Best, double Oracle);

using Coos.Evaluator.LabelErrors;
using Coos.Server.Leaderboards;

namespace Coos.Server.LabelErrors;

/// <summary>The score of an entry with the labels as they are, without the doubtful images, and with the suggested labels.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Submitter">The submitter.</param>
/// <param name="AsLabelled">With the labels as they are.</param>
/// <param name="Without">Without the images whose labels are possibly wrong.</param>
/// <param name="Relabelled">With the suggested classes as labels.</param>
public sealed record LabelInfluence(
    Guid Id,
    string Method,
    string Submitter,
    ScoreAndRank AsLabelled,
    ScoreAndRank Without,
    ScoreAndRank Relabelled
)
{
    /// <summary>The number of decimals of a score; entries that are equal in them share a rank.</summary>
    private const int Decimals = 6;

    /// <summary>Ranks the entries under each set of labels.</summary>
    /// <param name="entries">The entries with their mean balanced errors over the splits that rank.</param>
    /// <returns>The entries by their present rank.</returns>
    internal static IReadOnlyList<LabelInfluence> Rank(IReadOnlyList<(LeaderboardEntry Entry, CorrectedErrors Errors)> entries)
    {
        var asLabelled = Rank(entries.Select(e => e.Errors.AsLabelled));
        var without = Rank(entries.Select(e => e.Errors.Without));
        var relabelled = Rank(entries.Select(e => e.Errors.Relabelled));
        return
        [
            .. entries
                .Select(
                    (e, i) => new LabelInfluence(e.Entry.Id, e.Entry.Method, e.Entry.Submitter, asLabelled[i], without[i], relabelled[i])
                )
                .OrderBy(i => i.AsLabelled.Rank),
        ];
    }

    private static ScoreAndRank[] Rank(IEnumerable<double> errors)
    {
        double[] rounded = [.. errors.Select(e => Math.Round(e, Decimals, MidpointRounding.ToEven))];
        double[] sorted = [.. rounded.Order()];
        return [.. rounded.Select(e => double.IsNaN(e) ? new ScoreAndRank(null, null) : new ScoreAndRank(e, RankOf(sorted, e)))];
    }

    private static int RankOf(double[] sorted, double error)
    {
        // Entries without a number are sorted first; they take no rank.
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = double.IsNaN(sorted[middle]) || sorted[middle] < error ? (middle + 1, high) : (low, middle);
        }

        return low + 1 - sorted.TakeWhile(double.IsNaN).Count();
    }
}

/// <summary>A mean balanced error and its rank.</summary>
/// <param name="Score">The mean balanced error over the splits that rank, 0..1; null if no image is left.</param>
/// <param name="Rank">The rank from 1 among the compared entries, shared by ties; null without a score.</param>
public sealed record ScoreAndRank(double? Score, int? Rank);

using Coos.Evaluator.Dials;
using Coos.Evaluator.Statistics;
using Coos.Models.Dials;
using Coos.Server.Data;
using Coos.Shared.Metrics;

namespace Coos.Server.Models.Dials;

/// <summary>Turns the predictions of changed images into curves. Pure: the same labels and predictions give the same document.</summary>
internal sealed class DialScores
{
    private readonly DialScorer _scorer;
    private readonly Dictionary<(string Dial, int Level), ScoredLevel> _levels;
    private readonly ScoredLevel _none;

    private DialScores(DialScorer scorer, Dictionary<(string Dial, int Level), ScoredLevel> levels) =>
        (_scorer, _levels, _none) = (scorer, levels, levels[(ShiftDials.UnchangedName, 0)]);

    /// <summary>Scores predictions.</summary>
    /// <param name="scorer">The scorer of the reference split.</param>
    /// <param name="predictions">The rows of one submission.</param>
    /// <param name="select">Selects the predictions of the labels' part from those of the split.</param>
    /// <returns>Null without predictions of the images as they are, or of all levels of a dial: a model may still be running.</returns>
    public static DialScores? Create(DialScorer scorer, IReadOnlyList<DialPrediction> predictions, Func<ushort[], ushort[]> select)
    {
        DialPrediction[] known = [.. predictions.Where(IsKnown)];
        var complete = known.GroupBy(p => p.Dial).Where(g => IsComplete(g.Key, [.. g.Select(p => p.Level)])).Select(g => g.Key).ToHashSet();
        var levels = known.Where(p => complete.Contains(p.Dial)).ToDictionary(p => (p.Dial, p.Level), p => scorer.Score(select(p.Classes)));
        return levels.ContainsKey((ShiftDials.UnchangedName, 0)) && levels.Count > 1 ? new DialScores(scorer, levels) : null;
    }

    /// <summary>Creates the document of an entry.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The reference split.</param>
    public DialDocument ToDocument(Guid id, string benchmark, string split)
    {
        DialCurve[] curves = [.. ShiftDials.All.Select(CreateCurve).OfType<DialCurve>()];
        var mean = _scorer.Average(Weigh([.. _levels.Keys]));
        return new DialDocument
        {
            Id = id,
            Benchmark = benchmark,
            Split = split,
            Images = _scorer.Images,
            Unit = _scorer.Unit,
            DialVersion = ShiftDials.Version,
            Summary = DialSummary.Describe(curves),
            BalancedError = _none.BalancedError,
            Interval = _none.Interval.ToArray(),
            MeanError = mean.Value,
            MeanErrorInterval = mean.Interval.ToArray(),
            Dials = curves,
        };
    }

    /// <summary>Compares with another entry at the levels that both have.</summary>
    /// <param name="other">The other entry, scored with the same labels.</param>
    /// <returns>The differences, the other's errors minus these; without names.</returns>
    public DialComparison Compare(DialScores other)
    {
        (string Dial, int Level)[] shared = [.. _levels.Keys.Where(other._levels.ContainsKey).OrderBy(Order).ThenBy(k => k.Level)];
        PairedComparison[] compared = [.. shared.Select(key => _scorer.Compare(_levels[key], other._levels[key]))];
        var adjusted = RankIntervals.AdjustByHolm([.. compared.Select(c => c.P)]);
        var mean = _scorer.Compare(_scorer.Average(Weigh(shared)), _scorer.Average(other.Weigh(shared)));
        return new DialComparison(
            default,
            "",
            "",
            new DialDifference(mean.Value, mean.ComputeInterval(mean.P).ToArray(), mean.P),
            [
                .. shared.Select(
                    (key, i) =>
                        new DialLevelDifference(
                            key.Dial,
                            key.Level,
                            other._levels[key].BalancedError,
                            ToDifference(compared[i]) with
                            {
                                AdjustedP = adjusted[i],
                            }
                        )
                ),
            ]
        );
    }

    private static bool IsKnown(DialPrediction prediction) =>
        prediction.Version == ShiftDials.Version
        && (
            (prediction.Dial == ShiftDials.UnchangedName && prediction.Level == 0)
            || (ShiftDials.Find(prediction.Dial) is { } dial && prediction.Level > 0 && prediction.Level < dial.Levels.Count)
        );

    /// <summary>Whether all levels of a dial are known. Images that are not square are not turned by 90 and 270 degrees.</summary>
    private static bool IsComplete(string name, HashSet<int> levels) =>
        ShiftDials.Find(name) is not { } dial
        || dial.Levels.Skip(1).All(l => levels.Contains(l.Index) || (!dial.IsOrdered && l.Index is 1 or 3));

    private static int Order((string Dial, int Level) key) => ShiftDials.All.ToList().FindIndex(d => d.Name == key.Dial);

    private static DialDifference ToDifference(PairedComparison comparison) =>
        new(comparison.Difference, comparison.Interval.ToArray(), comparison.P);

    /// <summary>The levels, without none, each with the weight that makes dials with fewer levels count as much as others.</summary>
    private (ScoredLevel, double)[] Weigh((string Dial, int Level)[] keys)
    {
        var dials = keys.Where(k => k.Level > 0).GroupBy(k => k.Dial).ToList();
        return dials.Count == 0
            ? [(_none, 1)]
            : [.. dials.SelectMany(dial => dial.Select(k => (_levels[k], 1.0 / dial.Count() / dials.Count)))];
    }

    private DialCurve? CreateCurve(Dial dial)
    {
        (DialLevel Level, ScoredLevel Score)[] levels =
        [
            .. dial.Levels.Skip(1).Where(l => _levels.ContainsKey((dial.Name, l.Index))).Select(l => (l, _levels[(dial.Name, l.Index)])),
        ];
        if (levels.Length == 0)
        {
            return null;
        }

        PairedComparison[] changes = [.. levels.Select(l => _scorer.Compare(_none, l.Score))];
        var mean = _scorer.Average([.. levels.Select(l => (l.Score, 1.0 / levels.Length))]);
        return new DialCurve(
            dial.Name,
            dial.Title,
            dial.Unit,
            dial.Description,
            mean.Value,
            mean.Interval.ToArray(),
            dial.IsOrdered ? FindLoss(dial, levels, changes) : null,
            [
                CreateLevel(dial.Levels[0], _none, null),
                .. levels.Zip(changes, (l, change) => CreateLevel(l.Level, l.Score, ToDifference(change))),
            ]
        );
    }

    private static DialLevelScore CreateLevel(DialLevel level, ScoredLevel score, DialDifference? change) =>
        new(
            level.Index,
            level.Strength,
            level.Text,
            score.BalancedError,
            score.Interval.ToArray(),
            score.Ranking is { } ranking
                ? new DialMetric(MetricInfo.Get(ranking.Info.Id).Name, ranking.Value, ranking.ValueInterval?.ToArray())
                : null,
            change
        );

    private static DialLoss FindLoss(Dial dial, (DialLevel Level, ScoredLevel Score)[] levels, PairedComparison[] changes)
    {
        (double Amount, double Difference, Interval Interval)[] points =
        [
            (0, 0, default),
            .. levels.Zip(changes, (l, change) => (l.Level.Amount, change.Difference, change.Interval)),
        ];
        var loss = LossPoint.Find(points);
        return new DialLoss(
            loss.Amount is { } amount ? dial.FindStrength(amount) : null,
            DialSummary.DescribeLoss(dial, loss),
            loss.Amount is { } found ? FindPosition(found, [.. levels.Select(l => l.Level).Prepend(dial.Levels[0])]) : null,
            [FindStrength(dial, loss.Lower), FindStrength(dial, loss.Upper)]
        );
    }

    private static double? FindStrength(Dial dial, double? amount) => amount is { } known ? dial.FindStrength(known) : null;

    /// <summary>Finds the place of an amount among levels.</summary>
    private static double FindPosition(double amount, DialLevel[] levels)
    {
        var next = Math.Max(1, Array.FindIndex(levels, l => l.Amount >= amount));
        var (from, to) = (levels[next - 1], levels[next]);
        return from.Index + ((to.Index - from.Index) * (amount - from.Amount) / (to.Amount - from.Amount));
    }
}

using System.Globalization;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;

namespace Coos.Shared.Benchmarks;

/// <summary>How much the scores of a benchmark reveal about its labels.</summary>
public enum DisclosureLevel
{
    /// <summary>Everything is shown, because the labels are public or the organiser decided so.</summary>
    Open = 0,

    /// <summary>Scores show only errors, rounded to a step, until the benchmark is closed.</summary>
    Guarded = 1,
}

/// <summary>
/// What a benchmark shows of its scores. Each number about predictions is also an answer to a question about the labels, and
/// enough of them reveal all labels (Whitehill, "Climbing the Kaggle leaderboard by exploiting the log-loss oracle", 2017). A
/// guarded benchmark therefore shows few numbers with few possible values.
/// </summary>
/// <param name="Level">Whether scores are shown in full.</param>
/// <param name="Step">The step to which errors are rounded if they are guarded, as a fraction: 0.001 is 0.1 percentage points.</param>
public sealed record Disclosure(DisclosureLevel Level, double Step)
{
    /// <summary>The step unless the manifest has another one.</summary>
    public const double DefaultStep = 0.001;

    /// <summary>The disclosure of a benchmark that shows everything.</summary>
    public static Disclosure Open { get; } = new(DisclosureLevel.Open, DefaultStep);

    /// <summary>Whether scores are guarded.</summary>
    public bool IsGuarded => Level == DisclosureLevel.Guarded;

    /// <summary>Why details are not shown, and when they will be: a sentence for pages and API.</summary>
    public string Reason =>
        "This benchmark guards its labels. Until it is closed, it shows only scores that improve, rounded to "
        + (100 * Step).ToString("0.######", CultureInfo.InvariantCulture)
        + " points, and no details.";

    /// <summary>The splits whose errors are shown beside the mean that ranks.</summary>
    public IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>
    /// By how much the answers to one participant may lower an error of 10%, as a fraction; null to use the server's setting.
    /// </summary>
    public double? MaximumGain { get; init; }

    /// <summary>The key of the mean over the ranking splits among the shown scores; not a valid name of a split.</summary>
    public const string MeanKey = "*";

    /// <summary>Rounds an error to the nearest step, and its interval outward, so that it does not become shorter.</summary>
    public ErrorEstimate Round(ErrorEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new ErrorEstimate(
            Clean(Math.Round(estimate.Error / Step, MidpointRounding.AwayFromZero) * Step),
            estimate.Lower is { } lower ? Math.Max(0, Clean(Math.Floor((lower / Step) + Tolerance) * Step)) : null,
            estimate.Upper is { } upper ? Math.Min(1, Clean(Math.Ceiling((upper / Step) - Tolerance) * Step)) : null
        );
    }

    /// <summary>Reduces a report to the scores that are shown.</summary>
    /// <param name="evaluation">The complete report.</param>
    /// <param name="shown">The rounded scores, by split and <see cref="MeanKey"/>; splits without one are left out.</param>
    /// <param name="hash">Computes the hash of labels that is shown, from the plain hash, which would confirm guessed labels.</param>
    public static Evaluation Reduce(Evaluation evaluation, IReadOnlyDictionary<string, ErrorEstimate> shown, Func<string, string> hash)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(shown);

        // The manifest may name another metric by now; the numbers are of the one that the report was made with.
        var metric = evaluation.Splits is [var first, ..] ? first.Ranking.Id : MetricId.BalancedError;
        return evaluation with
        {
            LabelsHash = Hash(evaluation.LabelsHash, hash),
            Mean = shown.TryGetValue(MeanKey, out var mean) ? ToMean(MetricScore.OfLoss(metric, mean, null)) : null,
            Splits = [.. evaluation.Splits.Where(s => shown.ContainsKey(s.Split)).Select(s => Reduce(s, shown[s.Split], hash))],
        };
    }

    /// <summary>Adds the hashes that others see to the complete report of an organiser, unless scores are open.</summary>
    /// <param name="evaluation">The report.</param>
    /// <param name="hash">Computes the hash that is shown, from the plain hash.</param>
    public Evaluation AddPublicHashes(Evaluation evaluation, Func<string, string> hash)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return IsGuarded
            ? evaluation with
            {
                PublicLabelsHash = Hash(evaluation.LabelsHash, hash),
                Splits = [.. evaluation.Splits.Select(s => s with { PublicLabelsHash = Hash(s.LabelsHash, hash) })],
            }
            : evaluation;
    }

    /// <summary>Keeps only the members that are listed here, so that a member that is added later is not shown by accident.</summary>
    private static SplitScore Reduce(SplitScore score, ErrorEstimate shown, Func<string, string> hash)
    {
        var isBalancedError = score.Ranking.Id == MetricId.BalancedError;
        var own = MetricScore.OfLoss(score.Ranking.Id, shown, shown.Lower is null ? null : score.Ranking.IntervalMethod);
        return new SplitScore
        {
            Split = score.Split,
            Images = score.Images,
            BalancedError = isBalancedError ? own.Value : null,
            BalancedErrorInterval = isBalancedError ? own.Interval : null,
            IntervalMethod = isBalancedError ? own.IntervalMethod : null,
            Metrics = [own],
            Classes = [],
            LabelsHash = Hash(score.LabelsHash, hash),
            PredictionsHash = score.PredictionsHash,
        };
    }

    private static MeanScore ToMean(MetricScore mean) => new(mean.Id, mean.Value!.Value, mean.Interval);

    private static string? Hash(string? plain, Func<string, string> hash) => plain is null ? null : hash(plain);

    // A limit that is a multiple of the step, apart from the rounding of doubles, is not moved to the next one.
    private const double Tolerance = 1e-9;

    // 0.1 + 0.2 style remainders would show in JSON.
    private static double Clean(double value) => Math.Round(value, 12);
}

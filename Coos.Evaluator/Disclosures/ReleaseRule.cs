using Coos.Shared.Scores;

namespace Coos.Evaluator.Disclosures;

/// <summary>What a participant is told about a submission of a guarded benchmark.</summary>
public enum ReleaseOutcome
{
    /// <summary>The errors and their intervals are shown, rounded.</summary>
    Shown = 0,

    /// <summary>The ranking error is not below the best one shown by more than the step of the ladder; nothing else is shown.</summary>
    NoImprovement = 1,

    /// <summary>The participant has learnt as much as the benchmark allows; scores are shown when it is closed.</summary>
    BudgetUsed = 2,
}

/// <summary>What a participant has been told about the submissions of one benchmark so far. Deletions do not change it.</summary>
/// <param name="Bits">The sum of the bits of all answers, 0 or more.</param>
/// <param name="BestError">The ranking error that was shown last, rounded to the step of the ladder; null before the first.</param>
/// <param name="Last">The numbers that were shown last, by the name of the split.</param>
public sealed record Transcript(double Bits, double? BestError, IReadOnlyDictionary<string, ErrorEstimate> Last)
{
    /// <summary>The transcript of a participant who has been told nothing.</summary>
    public static Transcript Empty { get; } = new(0, null, new Dictionary<string, ErrorEstimate>());
}

/// <summary>The answer to one submission.</summary>
/// <param name="Outcome">What is shown.</param>
/// <param name="Bits">The length of the answer in bits, 0 or more: its cost.</param>
public sealed record Release(ReleaseOutcome Outcome, double Bits);

/// <summary>
/// Decides what a participant is told about a submission of a guarded benchmark, and how many bits about the labels it costs.
/// </summary>
/// <remarks>
/// A submission is shown if it improves by more than a step, as on the Ladder (Blum and Hardt, "The Ladder: a reliable leaderboard
/// for machine learning competitions", ICML 2015, algorithm 1). "No improvement" is an answer too and costs a bit. The cost is the
/// length of the answer in the code of <see cref="AnswerCode"/>, so <see cref="InformationBound"/> applies to the sum. Each number
/// that is shown must be among the splits, or be computed from them and from public numbers alone. Whether a split or an interval
/// is present must not depend on the labels.
/// </remarks>
public sealed class ReleaseRule
{
    private readonly AnswerCode _code;

    /// <summary>Creates a rule.</summary>
    /// <param name="step">The step to which errors are rounded, above 0 and at most 1.</param>
    /// <param name="ladderStep">The improvement that is needed, above 0 and at most 1.</param>
    /// <param name="maximumBits">The most bits that a participant is told, 0 or more; infinity if unlimited.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or not a number.</exception>
    public ReleaseRule(double step, double ladderStep, double maximumBits)
    {
        Step = CheckStep(step, nameof(step));
        LadderStep = CheckStep(ladderStep, nameof(ladderStep));
        MaximumBits =
            maximumBits >= 0
                ? maximumBits
                : throw new ArgumentOutOfRangeException(nameof(maximumBits), maximumBits, "The most bits must be 0 or more.");
        _code = AnswerCode.ForStep(step);
    }

    /// <summary>The step to which errors are rounded, above 0 and at most 1.</summary>
    public double Step { get; }

    /// <summary>The improvement that is needed, above 0 and at most 1.</summary>
    public double LadderStep { get; }

    /// <summary>The most bits that a participant is told, 0 or more; infinity if unlimited.</summary>
    public double MaximumBits { get; }

    /// <summary>The same rule without a limit.</summary>
    public ReleaseRule WithoutLimit() => new(Step, LadderStep, double.PositiveInfinity);

    /// <summary>Decides what is shown of a submission.</summary>
    /// <remarks>
    /// The budget is compared with the longest possible answer, not with the actual one. Otherwise "budget used" would depend on
    /// the labels, and would be one more answer that nobody counts.
    /// </remarks>
    /// <param name="transcript">What the participant has been told so far.</param>
    /// <param name="rankingError">The unrounded error that ranks, 0..1; null if the submission lacks a split that ranks.</param>
    /// <param name="splits">The numbers that would be shown, rounded, by the name of the split.</param>
    /// <exception cref="ArgumentOutOfRangeException">An error is outside 0..1, or not a number.</exception>
    public Release Decide(Transcript transcript, double? rankingError, IReadOnlyDictionary<string, ErrorEstimate> splits)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (transcript.Bits + ComputeWorstCaseBits(transcript, splits) > MaximumBits)
        {
            return new Release(ReleaseOutcome.BudgetUsed, 0);
        }

        // Which splits were sent is known, so this answer reveals nothing.
        if (rankingError is not { } error)
        {
            return new Release(ReleaseOutcome.NoImprovement, 0);
        }

        CheckError(error, nameof(rankingError));
        if (transcript.BestError is { } best && !(error / LadderStep < Math.Round(best / LadderStep) - 1 - Steps.Slack))
        {
            return new Release(ReleaseOutcome.NoImprovement, 1);
        }

        var choice = transcript.BestError is null ? 0 : 1;
        return new Release(ReleaseOutcome.Shown, choice + _code.ComputeBits(PairNumbers(transcript, splits)));
    }

    /// <summary>Adds an answer to a transcript. It does not depend on whether the submission is deleted later.</summary>
    /// <param name="transcript">The transcript that <see cref="Decide"/> was called with.</param>
    /// <param name="release">The answer.</param>
    /// <param name="rankingError">The same as in <see cref="Decide"/>.</param>
    /// <param name="splits">The same as in <see cref="Decide"/>.</param>
    /// <exception cref="ArgumentException">The answer is shown, but there is no ranking error.</exception>
    public Transcript Add(Transcript transcript, Release release, double? rankingError, IReadOnlyDictionary<string, ErrorEstimate> splits)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(release);
        var bits = transcript.Bits + release.Bits;
        if (release.Outcome != ReleaseOutcome.Shown)
        {
            return transcript with { Bits = bits };
        }

        if (rankingError is not { } error)
        {
            throw new ArgumentException("A submission without a ranking error is never shown.", nameof(rankingError));
        }

        CheckError(error, nameof(rankingError));
        var last = transcript.Last.ToDictionary(s => s.Key, s => s.Value);
        foreach (var (name, split) in splits)
        {
            last[name] = split;
        }

        // As in the Ladder: the nearest step within 0..1.
        var highest = Math.Floor((1 / LadderStep) + Steps.Slack);
        var rung = Math.Min(highest, Math.Round(error / LadderStep, MidpointRounding.AwayFromZero));
        return new Transcript(bits, rung * LadderStep, last);
    }

    /// <summary>Adds the bits of a detailed report, which shows no error. A report that costs nothing is always allowed.</summary>
    /// <param name="transcript">The transcript so far.</param>
    /// <param name="bits">The bits of <see cref="DetailCode"/>, 0 or more.</param>
    /// <returns>The new transcript; null if the report would exceed the budget.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bits are below 0, or not a number.</exception>
    public Transcript? AddDetail(Transcript transcript, double bits)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return bits is not >= 0 ? throw new ArgumentOutOfRangeException(nameof(bits), bits, "Bits must be 0 or more.")
            : bits > 0 && transcript.Bits + bits > MaximumBits ? null
            : transcript with { Bits = transcript.Bits + bits };
    }

    /// <summary>
    /// Computes the most bits that the answer to a submission can cost. It depends on which numbers would be shown, never on
    /// their values.
    /// </summary>
    /// <param name="transcript">What the participant has been told so far.</param>
    /// <param name="splits">The numbers that would be shown, by the name of the split; their values do not matter.</param>
    public double ComputeWorstCaseBits(Transcript transcript, IReadOnlyDictionary<string, ErrorEstimate> splits)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(splits);
        var numbers = PairPresence(transcript, splits);
        var repeated = numbers.Count(wasShown => wasShown);
        return (transcript.BestError is null ? 0 : 1) + _code.ComputeWorstCaseBits(numbers.Count - repeated, repeated);
    }

    /// <summary>Returns each number that would be shown, with the one shown last.</summary>
    private List<(int Value, int? Last)> PairNumbers(Transcript transcript, IReadOnlyDictionary<string, ErrorEstimate> splits) =>
        [
            .. splits
                .SelectMany(s => Numbers(s.Value).Zip(Numbers(transcript.Last.GetValueOrDefault(s.Key))))
                .Where(n => n.First is not null)
                .Select(n => (n.First!.Value, n.Second)),
        ];

    /// <summary>Returns for each number that would be shown whether it was shown before; its value does not matter.</summary>
    private static List<bool> PairPresence(Transcript transcript, IReadOnlyDictionary<string, ErrorEstimate> splits) =>
        [
            .. splits
                .SelectMany(s => IsPresent(s.Value).Zip(IsPresent(transcript.Last.GetValueOrDefault(s.Key))))
                .Where(n => n.First)
                .Select(n => n.Second),
        ];

    /// <summary>Returns the steps of the error and of the distances to its limits; null for a number that is not shown.</summary>
    private int?[] Numbers(ErrorEstimate? split)
    {
        if (split is null)
        {
            return [null, null, null];
        }

        var error = Steps.Nearest(CheckShown(split.Error), Step);
        return
        [
            error,
            split.Lower is { } lower ? Distance(error - Steps.Nearest(CheckShown(lower), Step)) : null,
            split.Upper is { } upper ? Distance(Steps.Above(CheckShown(upper), Step) - error) : null,
        ];
    }

    // An interval without its error would have a negative distance; modulo M it still has its own value.
    private int Distance(int steps) => (steps + _code.Values) % _code.Values;

    private static bool[] IsPresent(ErrorEstimate? split) => [split is not null, split?.Lower is not null, split?.Upper is not null];

    private static double CheckStep(double step, string name) =>
        step is > 0 and <= 1 ? step : throw new ArgumentOutOfRangeException(name, step, "A step must be above 0 and at most 1.");

    // The nearest multiple of a step that does not divide 1 can be above 1.
    private double CheckShown(double error) => CheckError(Math.Min(error, error <= 1 + Step ? 1 : error), "splits");

    private static double CheckError(double error, string name) =>
        error is >= 0 and <= 1 ? error : throw new ArgumentOutOfRangeException(name, error, "An error must be 0 to 1.");
}

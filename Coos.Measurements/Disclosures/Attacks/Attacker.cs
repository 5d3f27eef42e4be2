using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>The answer to a submission.</summary>
/// <param name="IsShown">Whether the errors are shown; otherwise there was no improvement.</param>
/// <param name="Errors">The rounded errors: one per split, or only their mean.</param>
internal sealed record AttackAnswer(bool IsShown, double[] Errors);

/// <summary>A detailed report of one split.</summary>
/// <param name="Percents">The confusion matrix in whole percents.</param>
/// <param name="Brier">The rounded Brier score; null without probabilities.</param>
internal sealed record AttackReport(int[][] Percents, double? Brier);

/// <summary>An account that submits to a simulated benchmark. Each answer is within its budget.</summary>
internal sealed class Attacker(SimulatedBenchmark benchmark, ReleaseRule rule, bool showsIntervals = false)
{
    private readonly Disclosure _disclosure = new(DisclosureLevel.Guarded, rule.Step);
    private Transcript _transcript = Transcript.Empty;

    /// <summary>The bits of all answers.</summary>
    public double Bits => _transcript.Bits;

    /// <summary>The bits that are left.</summary>
    public double Left => rule.MaximumBits - _transcript.Bits;

    /// <summary>The number of submissions.</summary>
    public int Submissions { get; private set; }

    /// <summary>The rule of the benchmark.</summary>
    public ReleaseRule Rule => rule;

    /// <summary>Submits predictions; returns null if the budget is used. Deleting the submission later would change nothing.</summary>
    public AttackAnswer? Submit(ushort[] predictions)
    {
        Submissions++;
        var errors = benchmark.ComputeErrors(predictions);
        var mean = errors.Average();
        var splits = benchmark.Shape.ShowsEachSplit
            ? errors.Select(
                (e, s) =>
                    (
                        Name: $"split{s}",
                        Split: Show(e, showsIntervals ? BalancedErrorInterval.ComputePerImage(Count(s, predictions)) : null)
                    )
            )
            : [("mean", Show(mean, null))];
        var shown = splits.ToDictionary(s => s.Name, s => s.Split);
        var release = rule.Decide(_transcript, mean, shown);
        _transcript = rule.Add(_transcript, release, mean, shown);
        return release.Outcome switch
        {
            ReleaseOutcome.BudgetUsed => null,
            ReleaseOutcome.Shown => new AttackAnswer(true, [.. shown.Values.Select(s => s.Error)]),
            _ => new AttackAnswer(false, []),
        };
    }

    /// <summary>Asks for a detailed report of predictions; returns null if it exceeds the budget.</summary>
    /// <remarks>The submission holds one split only, so it does not rank and costs nothing.</remarks>
    public AttackReport? AskReport(int split, ushort[] predictions, Func<int, double[]>? probabilities = null)
    {
        var shape = benchmark.Shape;
        if (rule.AddDetail(_transcript, DetailCode.ComputeBits(shape.Classes, shape.Classes, probabilities is not null)) is not { } next)
        {
            return null;
        }

        _transcript = next;
        Submissions++;
        var images = ImagesOf(split);
        ushort[] labels = [.. images.Select(benchmark.Label)];
        var percents = WholePercents.Round(Count(split, predictions).ToRows());
        return new AttackReport(
            percents,
            probabilities is null
                ? null
                : DetailCode.RoundCalibration(
                    Calibration.Compute(labels, new ClassProbabilities([.. images.SelectMany(probabilities)], shape.Classes)).Brier
                )
        );
    }

    private ErrorEstimate Show(double error, Interval? interval) =>
        _disclosure.Round(new ErrorEstimate(error, interval?.Lower, interval?.Upper));

    private ConfusionMatrix Count(int split, ushort[] predictions)
    {
        var images = ImagesOf(split);
        return ConfusionMatrix.Count([.. images.Select(benchmark.Label)], [.. images.Select(i => predictions[i])], benchmark.Shape.Classes);
    }

    private int[] ImagesOf(int split) =>
        [.. Enumerable.Range(0, benchmark.Honest.Length).Where(i => benchmark.IsPublic[i] && benchmark.Splits[i] == split)];
}

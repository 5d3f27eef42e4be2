using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Forecasts;
using Coos.Server.Benchmarks;
using Coos.Server.Disclosures;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Forecasts;

/// <summary>
/// Forecasts the accuracies of a board's entries without labels of the shifted test sets. Computed in the background. The
/// confidence forecasts of an evaluation never change, so those of entries that remain are kept.
/// </summary>
internal sealed partial class ForecastStore(
    BoardStore boards,
    ForecastReader reader,
    EvidenceReader evidence,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ForecastStore> logger
)
{
    private readonly BackgroundResults<ForecastInput, ForecastResult> _results = new((a, b) => a.IsSame(b), results, lifetime, clock);

    /// <summary>Reads the forecasts of a benchmark.</summary>
    /// <returns>The document, or why it is refused: the benchmark guards its labels, or has no test set without shift.</returns>
    public async Task<Result<ForecastDocument>> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        if (benchmark.Reference is null)
        {
            return Refusal.NotFound($"{benchmark.Name} has no test set without shift (role inDistribution), so nothing can be forecast.");
        }

        if (benchmark.Disclosure.IsGuarded)
        {
            return GuardedDetails.Refuse(
                "Forecasts use the accuracy on labelled images, which would reveal labels.",
                benchmark.Disclosure.Reason
            );
        }

        var input = ForecastInput.Select(await boards.GetAsync(benchmark, cancellation));
        var result = await _results.GetAsync(
            benchmark.Slug,
            benchmark.Slug,
            input,
            (current, latest, stop) => ComputeAsync(benchmark, current, latest, stop),
            cancellation
        );
        return result.Output?.Document
            ?? new ForecastDocument
            {
                Benchmark = benchmark.Slug,
                Reference = benchmark.Reference,
                IsComputing = !result.HasFailed,
                HasFailed = result.HasFailed,
            };
    }

    private async Task<ForecastResult?> ComputeAsync(
        Benchmark benchmark,
        ForecastInput input,
        ForecastResult? latest,
        CancellationToken cancellation
    )
    {
        try
        {
            var confidences = new Dictionary<(Guid Evaluation, string Split), ConfidenceForecast?>();
            var splits = new List<ForecastSplit>();
            foreach (var group in input.Groups)
            {
                foreach (var row in group.Rows)
                {
                    var key = (row.Entry.EvaluationId!.Value, group.Splits[1]);
                    confidences[key] =
                        latest is not null && latest.Part == input.Part && latest.Confidences.TryGetValue(key, out var known)
                            ? known
                            : await reader.ComputeAsync(benchmark, row.Entry.Id, group.Splits[1], group.Labels, cancellation);
                }

                splits.Add(await ComputeAsync(benchmark, group, input.Part, confidences, cancellation));
            }

            return new ForecastResult(input.Part, confidences, ForecastSummaries.Summarize(benchmark, splits, FindGroups(input)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ForecastsFailed(logger, e, benchmark.Slug);
            return null;
        }
    }

    private async Task<ForecastSplit> ComputeAsync(
        Benchmark benchmark,
        EntryGroup group,
        LabelPart part,
        Dictionary<(Guid Evaluation, string Split), ConfidenceForecast?> confidences,
        CancellationToken cancellation
    )
    {
        var split = group.Splits[1];
        if (group.Rows.Count == 0)
        {
            return new ForecastSplit(split, null, [], group.Others);
        }

        var parts = await evidence.ReadPartsAsync(benchmark, group.Splits, group.Labels, part, cancellation);
        var predicted = await evidence.ReadAsync(
            group.Splits,
            [.. group.Rows.Select(r => r.Entry.Id)],
            files => CreateEntry(parts, files),
            cancellation
        );
        AgreeingEntry[] entries = [.. group.Rows.Select(r => predicted[r.Entry.Id])];
        var line = AgreementLine.Fit(entries);
        return new ForecastSplit(
            split,
            line is null ? null : new AgreementLineDocument(line.Slope, line.Intercept, line.RSquared, line.Pairs),
            [
                .. group.Rows.Select(
                    (row, i) =>
                        Describe(
                            row,
                            entries[i],
                            ConfusionMatrix.Count(parts[1].Labels.Classes, entries[i].Shifted, benchmark.Classes.Count),
                            confidences[(row.Entry.EvaluationId!.Value, split)],
                            line?.Forecasts[i]
                        )
                ),
            ],
            group.Others
        );
    }

    private static AgreeingEntry CreateEntry(IReadOnlyList<SplitPart> parts, IReadOnlyList<ushort[]> files)
    {
        var (reference, shifted) = (parts[0].Select(files[0]), parts[1].Select(files[1]));
        return new AgreeingEntry(reference, shifted, ComputeAccuracy(parts[0].Labels.Classes, reference));
    }

    private static double ComputeAccuracy(ushort[] actual, ushort[] predicted) =>
        (double)AgreementLine.CountEqual(actual, predicted) / actual.Length;

    private static ForecastEntry Describe(
        RankedEntry row,
        AgreeingEntry entry,
        ConfusionMatrix shifted,
        ConfidenceForecast? confidence,
        AgreementForecast? agreement
    ) =>
        new()
        {
            Id = row.Entry.Id,
            Method = row.Entry.Method,
            Submitter = row.Entry.Submitter,
            Kind = row.Entry.Kind,
            ReferenceAccuracy = entry.Accuracy,
            Accuracy = shifted.Accuracy,
            BalancedAccuracy = 1 - shifted.BalancedError,
            HasProbabilities = confidence is not null,
            ThresholdedMaximum = confidence?.Maximum,
            ThresholdedEntropy = confidence?.Entropy,
            ConfidenceDifference = confidence?.Difference,
            AgreementJoint = agreement?.Joint,
            AgreementSingle = agreement?.Single,
        };

    /// <summary>The group of each entry: its family, or its submitter if it belongs to none.</summary>
    private static Dictionary<Guid, string> FindGroups(ForecastInput input) =>
        input
            .Groups.SelectMany(g => g.Rows)
            .DistinctBy(r => r.Entry.Id)
            .ToDictionary(
                r => r.Entry.Id,
                r => r.Entry.Family == MethodFamily.Other ? $"submitter {r.Entry.Submitter}" : $"family {r.Entry.Family}"
            );

    private static partial class Log
    {
        [LoggerMessage(341, LogLevel.Error, "The accuracies of the entries of {Benchmark} could not be forecast")]
        public static partial void ForecastsFailed(ILogger logger, Exception exception, string benchmark);
    }
}

/// <summary>The forecasts of a board.</summary>
/// <param name="Part">The part of the labels.</param>
/// <param name="Confidences">The confidence forecasts by evaluation and shifted split; null without probabilities.</param>
/// <param name="Document">The response.</param>
internal sealed record ForecastResult(
    LabelPart Part,
    IReadOnlyDictionary<(Guid Evaluation, string Split), ConfidenceForecast?> Confidences,
    ForecastDocument Document
);

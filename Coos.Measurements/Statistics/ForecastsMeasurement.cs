using System.CommandLine;
using System.Globalization;
using Coos.Evaluator.Forecasts;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Statistics;

/// <summary><c>forecasts</c>: prints the accuracies of a benchmark's baselines, forecast and measured.</summary>
internal static class ForecastsMeasurement
{
    private static readonly string[] Kinds = ["ATC, largest", "ATC, entropy", "confidence", "ALine-D", "ALine-S", "no loss"];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var benchmark = new Argument<DirectoryInfo>("BENCHMARK") { Description = "The benchmark's folder, with baselines" };
        var command = new Command("forecasts", "Print forecasts without labels of all baselines of a benchmark, for docs/metrics.md")
        {
            benchmark,
        };
        command.SetAction(parsed => Print(BenchmarkFolder.Read(parsed.GetRequiredValue(benchmark).FullName)));
        return command;
    }

    private static void Print(BenchmarkFolder folder)
    {
        var reference = folder.Benchmark.Reference!;
        var files = new PredictionFolders(folder);
        var baselines = BaselineFolder.FindAll(folder.Path);
        var errors = Kinds.Select(_ => new List<(string Group, double Forecast, double Measured)>()).ToArray();
        foreach (var split in folder.Benchmark.TestSplits.Where(s => s.Name != reference))
        {
            Print(folder, files, baselines, reference, split, errors);
        }

        Console.WriteLine();
        CoverageMeasurement.WriteHeader("forecast", "off by, points", "95% interval", "too high by", "forecasts");
        foreach (var (kind, all) in Kinds.Zip(errors))
        {
            if (ForecastError.Compute(all) is { } error)
            {
                CoverageMeasurement.WriteRow(
                    kind,
                    Format(error.MeanAbsolute),
                    error.Interval is { } limits ? $"{Format(limits.Lower)} to {Format(limits.Upper)}" : "none",
                    Format(error.Mean),
                    error.Forecasts
                );
            }
        }
    }

    private static void Print(
        BenchmarkFolder folder,
        PredictionFolders files,
        IReadOnlyList<BaselineFolder> baselines,
        string reference,
        Split split,
        List<(string Group, double Forecast, double Measured)>[] errors
    )
    {
        var (source, target) = (files.ReadLabels(reference).Classes, files.ReadLabels(split.Name).Classes);
        var predictions = baselines
            .Select(b => (Source: files.ReadPredictions(b.Path, reference), Target: files.ReadPredictions(b.Path, split.Name)))
            .ToList();
        var line = AgreementLine.Fit([
            .. predictions.Select(p => new AgreeingEntry(p.Source.Classes, p.Target.Classes, Accuracy(source, p.Source))),
        ]);
        Console.WriteLine();
        Console.WriteLine(
            line is null
                ? $"{split.Title}: no line"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{split.Title}: line of {line.Pairs} pairs, slope {line.Slope:0.000}, intercept {line.Intercept:0.000}, "
                        + $"R² {line.RSquared:0.000}"
                )
        );
        CoverageMeasurement.WriteHeader(["entry", folder.Benchmark.TitleOf(reference), .. Kinds[..^1], "came"]);
        for (var i = 0; i < baselines.Count; i++)
        {
            var (from, to) = predictions[i];
            var confidence = Forecast(source, from, to, folder.Benchmark.Classes.Count);
            var (before, came) = (Accuracy(source, from), Accuracy(target, to));
            var agreement = line?.Forecasts[i];
            double?[] forecasts =
            [
                confidence?.Maximum,
                confidence?.Entropy,
                confidence?.Difference,
                agreement?.Joint,
                agreement?.Single,
                before,
            ];
            var group = baselines[i].Name.Split('-')[0];
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                if (forecasts[kind] is { } forecast)
                {
                    errors[kind].Add((group, forecast, came));
                }
            }

            CoverageMeasurement.WriteRow([
                baselines[i].Name,
                Format(before),
                .. forecasts[..^1].Select(f => f is { } known ? Format(known) : "none"),
                Format(came),
            ]);
        }
    }

    private static ConfidenceForecast? Forecast(ushort[] actual, PredictionSet source, PredictionSet target, int classes) =>
        source.Probabilities is null || target.Probabilities is null
            ? null
            : ReferenceConfidence.Compute(actual, source).Forecast(target.Probabilities);

    private static double Accuracy(ushort[] actual, PredictionSet predictions) =>
        (double)AgreementLine.CountEqual(actual, predictions.Classes) / actual.Length;

    private static string Format(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);
}

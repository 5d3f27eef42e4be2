using System.Diagnostics;
using Coos.Evaluator;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Measurements.Score;

/// <summary>Reads and scores the loaded files repeatedly.</summary>
internal static class ScoreMeasurement
{
    /// <summary>The warm-up time, long enough for tiered compilation to optimise every method.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures the durations of the given number of runs.</summary>
    public static Timings Measure(ScoreData data, int runs)
    {
        var warming = Stopwatch.StartNew();
        while (warming.Elapsed < WarmUp)
        {
            ScoreAll(data);
        }

        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            ScoreAll(data);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return new Timings(times);
    }

    /// <summary>Does the work of the server for an upload, without network and database.</summary>
    private static Evaluation ScoreAll(ScoreData data)
    {
        var problems = new ProblemList();
        var scores = new List<SplitScore>();
        foreach (var split in data.Splits)
        {
            using var content = new MemoryStream(split.Predictions);
            var predictions =
                PredictionReader.Read(content, split.Target, problems) ?? throw new InvalidDataException(problems.Items[0].ToString());
            scores.Add(SplitEvaluator.Evaluate(split.Labels, predictions, data.Classes));
        }

        return SplitEvaluator.Combine(scores);
    }
}

using Coos.Evaluator.Methods;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;

namespace Coos.Server.Methods;

/// <summary>A method with its rank among the methods of a board.</summary>
/// <param name="Group">Its runs.</param>
/// <param name="Estimate">Its mean error over all runs with its interval, and the parts of its variance.</param>
/// <param name="Rank">Its rank with the 95% interval, among the tested methods.</param>
public sealed record RankedMethod(MethodGroup Group, MethodEstimate Estimate, RankInterval Rank)
{
    /// <summary>The ranking score of each run, 0..1, in the order of the runs.</summary>
    public IReadOnlyList<double> Scores => field ??= [.. Group.Runs.Select(r => r.Score!.Value)];

    /// <summary>The standard deviation of the ranking score over the runs.</summary>
    public double Deviation => ComputeDeviation(Scores);

    /// <summary>The mean over the runs, by which methods are ranked, 0..1.</summary>
    public double Score => Math.Round(Estimate.Value, RankingScore.Decimals);

    /// <summary>Computes the mean and standard deviation over the runs on a split; null if a run does not have it.</summary>
    public (double Mean, double Deviation)? OnSplit(string split)
    {
        var errors = new List<double>();
        foreach (var run in Group.Runs)
        {
            if (!run.Entry.Splits.TryGetValue(split, out var score))
            {
                return null;
            }

            errors.Add(score.Loss);
        }

        return (errors.Average(), ComputeDeviation(errors));
    }

    private static double ComputeDeviation(IReadOnlyList<double> errors)
    {
        var mean = errors.Average();
        return Math.Sqrt(errors.Sum(e => (e - mean) * (e - mean)) / (errors.Count - 1));
    }
}

namespace Coos.Evaluator.Methods;

/// <summary>The runs of a method, encoded by <see cref="MethodLayout.Encode"/> for its own interval and for tests against others.</summary>
public sealed class MethodEvidence
{
    internal MethodEvidence(ushort[][] wrongRuns, double[]?[] clusterValues, double[] runErrors)
    {
        WrongRuns = wrongRuns;
        ClusterValues = clusterValues;
        RunErrors = runErrors;
        Mean = runErrors.Average();
        RunVariance = runErrors.Length < 2 ? 0 : runErrors.Sum(e => (e - Mean) * (e - Mean)) / (runErrors.Length - 1);
    }

    /// <summary>S, the number of runs, at least 1.</summary>
    public int Runs => RunErrors.Count;

    /// <summary>E_s, the mean balanced error over the splits of each run, 0..1, in the order of the runs.</summary>
    public IReadOnlyList<double> RunErrors { get; }

    /// <summary>The mean over the runs, 0..1.</summary>
    public double Mean { get; }

    /// <summary>s², the variance of E_s over the runs (n - 1); 0 for one run.</summary>
    public double RunVariance { get; }

    /// <summary>The number of runs that are wrong, per split and image.</summary>
    internal ushort[][] WrongRuns { get; }

    /// <summary>The contribution of each cluster to the mean's deviation, per split; null for splits without clusters.</summary>
    internal double[]?[] ClusterValues { get; }
}

namespace Coos.Evaluator.Forecasts;

/// <summary>How confident an entry is of each image, from its probabilities.</summary>
public static class ConfidenceScores
{
    // Keeps the logarithm of 0 finite, as in the program of Garg et al.
    private const double Added = 1e-20;

    /// <summary>Computes the largest probability of each image, 0..1.</summary>
    /// <param name="probabilities">Probabilities, images x K, row by row.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public static double[] ComputeMaximum(ReadOnlySpan<double> probabilities, int classCount)
    {
        var scores = new double[probabilities.Length / classCount];
        for (var i = 0; i < scores.Length; i++)
        {
            var row = probabilities.Slice(i * classCount, classCount);
            scores[i] = row[0];
            foreach (var p in row)
            {
                scores[i] = Math.Max(scores[i], p);
            }
        }

        return scores;
    }

    /// <summary>Computes the negative entropy of each image, sum of p ln(p + 1e-20), from -ln K to 0.</summary>
    /// <param name="probabilities">Probabilities, images x K, row by row.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public static double[] ComputeNegativeEntropy(ReadOnlySpan<double> probabilities, int classCount)
    {
        var scores = new double[probabilities.Length / classCount];
        for (var i = 0; i < scores.Length; i++)
        {
            foreach (var p in probabilities.Slice(i * classCount, classCount))
            {
                scores[i] += p * Math.Log(p + Added);
            }
        }

        return scores;
    }
}

namespace Coos.Evaluator.Statistics;

/// <summary>The logarithm of the gamma function.</summary>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274;
    private const int StirlingFrom = 10;

    /// <summary>Computes ln Γ(z) for z above 0, to about 14 digits.</summary>
    /// <remarks>
    /// Uses Stirling's series (Abramowitz and Stegun, 6.1.41) for z of at least 10, and Γ(z) = Γ(z + 1) / z to reach it from
    /// below.
    /// </remarks>
    public static double Compute(double z)
    {
        var product = 1.0;
        for (; z < StirlingFrom; z++)
        {
            product *= z;
        }

        var square = 1 / (z * z);
        var series =
            ((((((((-square * 691 / 360360) + (1 / 1188.0)) * square) - (1 / 1680.0)) * square) + (1 / 1260.0)) * square) - (1 / 360.0))
            * square;
        return ((z - 0.5) * Math.Log(z)) - z + HalfLogTwoPi + ((series + (1 / 12.0)) / z) - Math.Log(product);
    }
}

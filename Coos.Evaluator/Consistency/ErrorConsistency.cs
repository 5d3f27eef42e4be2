namespace Coos.Evaluator.Consistency;

/// <summary>
/// How far two entries are right and wrong on the same images: Cohen's kappa of being right (Geirhos, Meding and Wichmann,
/// "Beyond accuracy: quantifying trial-by-trial behaviour of CNNs and humans by measuring error consistency", NeurIPS 2020).
/// </summary>
/// <param name="FirstAccuracy">a, the weighted share of images that the first entry gets right, 0..1.</param>
/// <param name="SecondAccuracy">b, the weighted share of images that the second entry gets right, 0..1.</param>
/// <param name="Agreement">o, the weighted share of images that both get right or both get wrong, 0..1.</param>
public readonly record struct ErrorConsistency(double FirstAccuracy, double SecondAccuracy, double Agreement)
{
    // Sums of weights differ from 1 by the rounding of doubles.
    private const double Rounding = 1e-12;

    /// <summary>e = ab + (1 - a)(1 - b), the agreement expected of two entries that err independently, 0..1.</summary>
    public double Expected => (FirstAccuracy * SecondAccuracy) + ((1 - FirstAccuracy) * (1 - SecondAccuracy));

    /// <summary>
    /// kappa = (o - e)/(1 - e), -1..1: 0 for independent errors, 1 for the same errors. Null where e is 1, because both are
    /// right on all images, or both wrong on all.
    /// </summary>
    public double? Kappa => 1 - Expected < Rounding ? null : Math.Clamp((Agreement - Expected) / (1 - Expected), -1, 1);

    /// <summary>The oracle: the weighted share of images that at least one of the two gets right, (1 + a + b - o)/2.</summary>
    public double Oracle => (1 + FirstAccuracy + SecondAccuracy - Agreement) / 2;
}

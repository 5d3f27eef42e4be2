using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>The normal distribution of mean 0, truncated at two standard deviations, as in TensorFlow.</summary>
/// <remarks>
/// <c>init.trunc_normal_</c> of TorchSharp 0.107 multiplies by the mean and adds the deviation: with mean 0, all weights become
/// equal.
/// </remarks>
internal static class TruncatedNormal
{
    // erf(2 / sqrt(2)), the probability within two deviations.
    private const double WithinTwo = 0.954499736103642;

    /// <summary>Fills a tensor with random numbers, by the inverse of the distribution function.</summary>
    /// <param name="tensor">The tensor, of any shape.</param>
    /// <param name="deviation">The standard deviation before truncation; truncation reduces it to 0.880 of that.</param>
    public static void Fill(torch.Tensor tensor, double deviation)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        tensor.uniform_(-WithinTwo, WithinTwo).erfinv_().mul_(deviation * Math.Sqrt(2)).clamp_(-2 * deviation, 2 * deviation);
    }
}

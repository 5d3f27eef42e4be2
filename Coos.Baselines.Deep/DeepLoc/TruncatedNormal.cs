using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>Random numbers of a normal distribution of mean 0, cut at two standard deviations: what TensorFlow calls truncated normal.</summary>
/// <remarks>TorchSharp 0.107's <c>init.trunc_normal_</c> multiplies by the mean and adds the deviation: with mean 0 all weights become equal.</remarks>
internal static class TruncatedNormal
{
    // erf(2 / sqrt(2)): the probability within two deviations.
    private const double WithinTwo = 0.954499736103642;

    /// <summary>Fills a tensor by the inverse of the distribution function.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="deviation">The standard deviation before cutting; after it, 0.880 of that.</param>
    public static void Fill(torch.Tensor tensor, double deviation)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        tensor.uniform_(-WithinTwo, WithinTwo).erfinv_().mul_(deviation * Math.Sqrt(2)).clamp_(-2 * deviation, 2 * deviation);
    }
}

using System.Diagnostics.CodeAnalysis;
using Coos.Shared.Predictions;
using Microsoft.Extensions.Caching.Memory;

namespace Coos.Server.Submissions;

/// <summary>
/// Keeps the probabilities of files that were just received, so that scoring them does not read them again from the database: for
/// hundreds of megabytes that takes longer than all else.
/// </summary>
internal sealed class ReceivedPredictions : IDisposable
{
    /// <summary>The memory for probabilities, in bytes.</summary>
    private const long MaximumBytes = 384 << 20;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaximumBytes, ExpirationScanFrequency = Lifetime });

    /// <summary>Keeps predictions for a while, if they have probabilities and there is room.</summary>
    public void Keep(PredictionSet predictions)
    {
        if (predictions.Probabilities is { } probabilities)
        {
            var size = (long)probabilities.Images * probabilities.ClassCount * (probabilities.IsSingle ? sizeof(float) : sizeof(double));
            _kept.Set(
                predictions.Hash,
                predictions,
                new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = Lifetime }
            );
        }
    }

    /// <summary>Takes predictions out.</summary>
    /// <param name="hash">Their hash, which covers images, classes and probabilities.</param>
    /// <param name="split">The split that they are for.</param>
    /// <param name="predictions">The predictions.</param>
    /// <returns>Whether they were kept.</returns>
    public bool TryTake(string hash, string split, [NotNullWhen(true)] out PredictionSet? predictions)
    {
        predictions = _kept.Get<PredictionSet>(hash);
        if (predictions is null)
        {
            return false;
        }

        _kept.Remove(hash);
        predictions = predictions with { Split = split };
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();
}

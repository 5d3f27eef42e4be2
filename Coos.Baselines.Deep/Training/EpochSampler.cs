namespace Coos.Baselines.Deep.Training;

/// <summary>Which items each step takes: all of them once, in random order, then again in another order.</summary>
/// <remarks>Seed and step alone decide, so a training that is taken up again goes on with the same batches.</remarks>
internal sealed class EpochSampler(IReadOnlyList<int> items, int batch, ulong seed)
{
    // Orders have keys of their own, far from those of the steps.
    private const ulong OrderKeys = 1UL << 40;

    private int[] _order = [];
    private long _epoch = -1;

    /// <summary>The items of a step.</summary>
    /// <param name="step">From 1.</param>
    public int[] Batch(int step)
    {
        var chosen = new int[batch];
        for (var i = 0; i < batch; i++)
        {
            var position = ((long)(step - 1) * batch) + i;
            Order(position / items.Count);
            chosen[i] = _order[position % items.Count];
        }

        return chosen;
    }

    private void Order(long epoch)
    {
        if (epoch != _epoch)
        {
            _order = [.. items];
            new KeyedRandom(seed, OrderKeys + (ulong)epoch).Shuffle(_order);
            _epoch = epoch;
        }
    }
}

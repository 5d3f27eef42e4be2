namespace Coos.Baselines.Deep.Training;

/// <summary>Draws the batches of a training run: all items once in random order, then again in another order.</summary>
/// <remarks>A batch depends only on seed and step, so a resumed training continues with the same batches.</remarks>
internal sealed class EpochSampler(IReadOnlyList<int> items, int batch, ulong seed)
{
    // The keys of the orders, far from those of the steps.
    private const ulong OrderKeys = 1UL << 40;

    private int[] _order = [];
    private long _epoch = -1;

    /// <summary>Draws the items of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    public int[] Batch(int step)
    {
        var chosen = new int[batch];
        for (var i = 0; i < batch; i++)
        {
            var position = ((long)(step - 1) * batch) + i;
            ShuffleFor(position / items.Count);
            chosen[i] = _order[position % items.Count];
        }

        return chosen;
    }

    private void ShuffleFor(long epoch)
    {
        if (epoch != _epoch)
        {
            _order = [.. items];
            new KeyedRandom(seed, OrderKeys + (ulong)epoch).Shuffle(_order);
            _epoch = epoch;
        }
    }
}

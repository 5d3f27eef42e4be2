namespace Coos.Evaluator.Statistics;

/// <summary>What each cluster adds to the difference of two submissions.</summary>
/// <param name="Values">One value a cluster, over all its classes.</param>
/// <param name="Variance">Between clusters, stratified by class.</param>
internal sealed record ClusterFlips(double[] Values, double Variance)
{
    public static ClusterFlips Of(CorrectnessMap map, ReadOnlySpan<byte> actual, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Clusters clusters)
    {
        if (clusters.Ids.Length != actual.Length)
        {
            throw new ArgumentException($"{actual.Length} labels and {clusters.Ids.Length} cluster ids; there must be as many of each.", nameof(clusters));
        }

        // Whole images are counted first: sums of fractions would leave clusters that even out a little off 0.
        var counts = new (int Images, int More)[map.ClassImages.Count * clusters.Count];
        for (var i = 0; i < actual.Length; i++)
        {
            ref var cell = ref counts[(actual[i] * clusters.Count) + clusters.Ids[i]];
            cell.Images++;
            cell.More += (first[i] == actual[i] ? 1 : 0) - (second[i] == actual[i] ? 1 : 0);
        }

        var values = new double[clusters.Count];
        var variance = 0.0;
        for (var k = 0; k < map.ClassImages.Count; k++)
        {
            var own = counts.AsSpan(k * clusters.Count, clusters.Count);
            var weight = 1.0 / Math.Max(1, (double)map.ClassImages[k] * map.Present);
            var rate = Total(own) / Math.Max(1.0, map.ClassImages[k]);
            var (squares, size) = (0.0, 0);
            for (var g = 0; g < clusters.Count; g++)
            {
                var off = (own[g].More - (rate * own[g].Images)) * weight;
                squares += off * off;
                size += own[g].Images > 0 ? 1 : 0;
                values[g] += own[g].More * weight;
            }

            variance += size > 1 ? squares * size / (size - 1) : squares;
        }

        return new ClusterFlips(values, variance);
    }

    private static int Total(ReadOnlySpan<(int Images, int More)> cells)
    {
        var sum = 0;
        foreach (var cell in cells)
        {
            sum += cell.More;
        }

        return sum;
    }
}

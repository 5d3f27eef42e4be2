namespace Coos.Simulator.Tests;

/// <summary>The 11-nearest-neighbour classifier on features standardised by the training set.</summary>
internal sealed class ElevenNearestNeighbours
{
    private const int K = 11;
    private const int Classes = 7;

    private readonly double[][] _training;
    private readonly long[] _labels;
    private readonly double[] _means;
    private readonly double[] _deviations;

    public ElevenNearestNeighbours(double[][] training, IReadOnlyList<long> labels)
    {
        var features = training[0].Length;
        _means = [.. Enumerable.Range(0, features).Select(f => training.Average(x => x[f]))];
        _deviations = [.. Enumerable.Range(0, features).Select(f => Math.Sqrt(training.Average(x => Math.Pow(x[f] - _means[f], 2))))];
        _training = Array.ConvertAll(training, Standardise);
        _labels = [.. labels];
    }

    /// <summary>Computes the balanced error in percent.</summary>
    public double BalancedError(double[][] images, IReadOnlyList<long> labels)
    {
        var right = new int[Classes];
        var all = new int[Classes];
        Parallel.For(
            0,
            images.Length,
            i =>
            {
                Interlocked.Increment(ref all[labels[i]]);
                if (Classify(Standardise(images[i])) == labels[i])
                {
                    Interlocked.Increment(ref right[labels[i]]);
                }
            }
        );
        return 100 * (1 - right.Zip(all, (r, n) => (double)r / n).Average());
    }

    private long Classify(double[] image)
    {
        var distances = new double[_training.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            var sum = 0.0;
            for (var f = 0; f < image.Length; f++)
            {
                var difference = image[f] - _training[i][f];
                sum += difference * difference;
            }

            distances[i] = sum;
        }

        var nearest = Enumerable.Range(0, distances.Length).ToArray();
        Array.Sort(distances, nearest);
        return nearest.Take(K).CountBy(i => _labels[i]).OrderByDescending(votes => votes.Value).ThenBy(votes => votes.Key).First().Key;
    }

    private double[] Standardise(double[] image) => [.. image.Select((v, f) => (v - _means[f]) / _deviations[f])];
}

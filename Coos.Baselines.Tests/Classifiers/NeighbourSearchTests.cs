using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Tests.Support;

namespace Coos.Baselines.Tests.Classifiers;

public sealed class NeighbourSearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(203)]
    public void The_nearest_images_equal_a_naive_search(int count)
    {
        var training = Blobs.Make(203, 13, 4, seed: 1).Features;
        var queries = Blobs.Make(51, 13, 4, seed: 2).Features;

        var found = new NeighbourSearch(training).Find(queries, count, cancellation: Cancellation);

        Assert.Equal(51, found.Length);
        for (var q = 0; q < queries.Rows; q++)
        {
            var expected = Sort(queries, q, training).Take(count).ToList();
            Assert.Equal(expected.Select(e => e.Image), found[q].Select(n => n.Image));
            Assert.Equal(expected.Select(e => e.Distance), found[q].Select(n => n.Distance));
        }
    }

    [Fact]
    public void A_training_image_is_not_its_own_neighbour()
    {
        var training = Blobs.Make(40, 5, 3, seed: 3).Features;

        var found = new NeighbourSearch(training).Find(training, 4, skipSelf: true, Cancellation);

        for (var q = 0; q < training.Rows; q++)
        {
            Assert.Equal(Sort(training, q, training).Where(e => e.Image != q).Take(4), found[q]);
        }
    }

    /// <summary>An image with many copies may not be among its own nearest ones.</summary>
    [Fact]
    public void Copies_of_an_image_are_its_neighbours()
    {
        var training = new FeatureMatrix(5, 1, [1, 1, 1, 1, 9]);

        var found = new NeighbourSearch(training).Find(training, 2, skipSelf: true, Cancellation);

        Assert.Equal([(0, 0.0), (1, 0.0)], found[3]);
        Assert.Equal([(1, 0.0), (2, 0.0)], found[0]);
        Assert.Equal([(0, 8.0), (1, 8.0)], found[4]);
    }

    private static IEnumerable<(int Image, double Distance)> Sort(FeatureMatrix queries, int query, FeatureMatrix training) =>
        Enumerable
            .Range(0, training.Rows)
            .Select(i => (Image: i, Distance: Measure(queries.Row(query), training.Row(i))))
            .OrderBy(e => e.Distance)
            .ThenBy(e => e.Image);

    private static double Measure(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++)
        {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }

        return Math.Sqrt(sum);
    }
}

using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Tests.Support;

namespace Coos.Baselines.Tests.Classifiers;

public sealed class NearestNeighboursTests
{
    [Fact]
    public void Votes_equal_a_naive_search()
    {
        var training = Blobs.Make(203, 13, 4, seed: 1);
        var queries = Blobs.Make(51, 13, 4, seed: 2).Features;

        var votes = new NearestNeighbours(training).Predict(queries, TestContext.Current.CancellationToken);

        for (var q = 0; q < queries.Rows; q++)
        {
            var expected = new double[4];
            foreach (var i in Enumerable.Range(0, 203).OrderBy(i => Distance(queries, q, training.Features, i)).Take(11))
            {
                expected[training.Labels[i]] += 1;
            }

            Assert.Equal(expected.Select(v => v / 11), votes.Row(q).ToArray());
        }
    }

    [Fact]
    public void A_tied_vote_goes_to_the_lowest_class_and_a_tied_distance_to_the_earlier_image()
    {
        var training = new TrainingSet(new FeatureMatrix(4, 1, [1, -1, 1, 9]), [2, 1, 0, 0], 3);

        var two = new NearestNeighbours(training, 2).Predict(new FeatureMatrix(1, 1, [0]), TestContext.Current.CancellationToken);

        Assert.Equal([0, 0.5, 0.5], two.Values);
        Assert.Equal([1], Decision.Classes(two));
    }

    [Fact]
    public void Fewer_images_than_neighbours_are_rejected()
    {
        var fault = Assert.Throws<BaselineException>(() => new NearestNeighbours(Blobs.Make(10, 3, 2, seed: 1)));
        Assert.Equal("11 nearest neighbours need at least 11 training images; there are 10", fault.Message);
    }

    [Fact]
    public void A_single_class_is_rejected()
    {
        var fault = Assert.Throws<BaselineException>(() => new TrainingSet(new FeatureMatrix(2, 1), [3, 3], 5));
        Assert.Equal("all 2 training images have class 3; a classifier needs at least two classes", fault.Message);
    }

    [Fact]
    public void Standardised_features_have_mean_0_and_deviation_1_or_are_constant()
    {
        var features = new FeatureMatrix(3, 2, [1, 0.1, 2, 0.1, 6, 0.1]);

        var standard = Standardisation.Fit(features).Apply(features);

        double[] column = [standard.Row(0)[0], standard.Row(1)[0], standard.Row(2)[0]];
        Assert.Equal(0, column.Sum(), 12);
        Assert.Equal(3, column.Sum(v => v * v), 12);
        Assert.All([0, 1, 2], i => Assert.Equal(0, standard.Row(i)[1], 9));
    }

    private static double Distance(FeatureMatrix a, int i, FeatureMatrix b, int j)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Columns; d++)
        {
            sum += (a.Row(i)[d] - b.Row(j)[d]) * (a.Row(i)[d] - b.Row(j)[d]);
        }

        return sum;
    }
}

using Coos.Evaluator.Similarity;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Metrics;

public sealed class SimilarityOrderTests
{
    /// <summary>Class 0 is taken for 3 and 3 for 5; 1 and 4 for each other, less often; 2 for none.</summary>
    [Fact]
    public void Classes_that_are_confused_are_neighbours()
    {
        var matrix = ConfusionMatrix.FromRows([
            [6, 0, 0, 4, 0, 0],
            [0, 9, 0, 0, 1, 0],
            [0, 0, 10, 0, 0, 0],
            [0, 0, 0, 7, 0, 3],
            [0, 1, 0, 0, 9, 0],
            [0, 0, 0, 0, 0, 10],
        ]);

        Assert.Equal([0, 3, 5, 1, 4, 2], SimilarityOrder.Sort(matrix));
    }

    [Fact]
    public void Without_mistakes_the_order_remains() =>
        Assert.Equal(
            [0, 1, 2],
            SimilarityOrder.Sort(
                ConfusionMatrix.FromRows([
                    [1, 0, 0],
                    [0, 0, 0],
                    [0, 0, 2],
                ])
            )
        );

    /// <summary>Every class once, whatever the confusions.</summary>
    [Fact]
    public void Each_of_many_classes_occurs_once()
    {
        var random = new Random(7);
        ushort[] actual = [.. Enumerable.Range(0, 20_000).Select(i => (ushort)(i % 2_000))];
        ushort[] predicted = [.. actual.Select(k => (ushort)(random.Next(2) == 0 ? k : random.Next(2_000)))];

        var order = SimilarityOrder.Sort(ConfusionMatrix.Count(actual, predicted, 2_000));

        Assert.Equal(Enumerable.Range(0, 2_000), order.Order());
    }
}

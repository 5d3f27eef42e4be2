using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Onnx;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Tests.Onnx;

/// <summary>Heads alone: the graph's images are the features, so that no network rounds them.</summary>
public sealed class HeadTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    /// <summary>
    /// Features of few levels, whose distances are exact, each image four times: most neighbours are as near as others, and most votes
    /// are ties.
    /// </summary>
    [Fact]
    public void Neighbours_as_near_as_others_vote_as_ours_do()
    {
        var raw = Levels(240, 6, 3);
        for (var i = 60; i < raw.Rows; i++)
        {
            raw.Row(i % 60).CopyTo(raw.Row(i));
        }

        var standardisation = new Standardisation(new double[6], [1, 1, 1, 1, 1, 1]);
        var classifier = new NearestNeighbours(new TrainingSet(raw, [.. Enumerable.Range(0, raw.Rows).Select(i => i * 7 % 5)], 5), 10);
        var queries = Levels(500, 6, 4);

        var (ours, exported) = Predict(queries, standardisation, classifier);

        Assert.Equal(Decision.Classes(ours), Decision.Classes(exported));
        Assert.All(ours.Values.Zip(exported.Values), p => Assert.Equal(p.First, p.Second, 1e-7));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(7, 11)]
    [InlineData(300, 11)]
    public void Neighbours_of_any_number_of_classes(int classes, int neighbours)
    {
        var (standardisation, training) = Standardise(Noise(900, 32, 1), i => i % classes);
        var (ours, exported) = Predict(Noise(1000, 32, 2), standardisation, new NearestNeighbours(training, neighbours));

        Assert.Equal(Decision.Classes(ours), Decision.Classes(exported));
        Assert.All(ours.Values.Zip(exported.Values), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    /// <summary>Features with a mean of a thousand deviations, which single precision would not standardise well.</summary>
    [Fact]
    public void Linear_heads_standardise_in_double_precision()
    {
        var raw = Noise(300, 8, 1, offset: 1000);
        var (standardisation, training) = Standardise(raw, i => raw.Row(i)[0] + raw.Row(i)[3] > 2000.8 ? 1 : 0);
        var classifier = L1LogisticRegression.Train(training, cancellation: Cancellation);

        var (ours, exported) = Predict(Noise(1000, 8, 2, offset: 1000), standardisation, classifier);

        Assert.Equal(Decision.Classes(ours), Decision.Classes(exported));
        Assert.All(ours.Values.Zip(exported.Values), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Forests_cut_and_vote_as_ours_do(int classes)
    {
        // Few levels, so that many values are exactly at a cut's neighbours, and few trees, so that votes tie.
        var (standardisation, training) = Standardise(Levels(200, 5, 1), i => i * 5 % 7 % classes);
        var forest = RandomForest.Train(training, new ForestOptions { Trees = 6 }, 1, null, Cancellation);

        var (ours, exported) = Predict(Levels(2000, 5, 2), standardisation, forest);

        Assert.Equal(Decision.Classes(ours), Decision.Classes(exported));
        Assert.All(ours.Values.Zip(exported.Values), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void A_cut_that_is_moved_back_divides_exactly()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (mean, scale) = ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 5)), Math.Pow(10, random.Next(-4, 4)));
            var cut = (random.NextDouble() - 0.5) * 6;

            var moved = ForestOnnx.MoveBack(cut, mean, scale);

            Assert.True((moved - mean) / scale <= cut);
            Assert.True((MathF.BitIncrement(moved) - mean) / scale > cut);
        }
    }

    [Fact]
    public void Other_classifiers_are_refused_with_the_heads_that_can_be_exported()
    {
        var fault = Assert.Throws<BaselineException>(() =>
            HeadOnnx.Add(new OnnxGraph(new ImageShape(1, 1, 1, 1)), "features", new Standardisation([0], [1]), new Constant())
        );

        Assert.Equal("a Constant cannot be exported; the heads that can are knn, l1lr, rf and DeepLoc's own (end-to-end)", fault.Message);
    }

    private static (FeatureMatrix Ours, FeatureMatrix Exported) Predict(
        FeatureMatrix queries,
        Standardisation standardisation,
        IClassifier classifier
    )
    {
        var shape = new ImageShape(queries.Rows, queries.Columns, 1, 1);
        var graph = new OnnxGraph(shape);
        var features = graph.Add("features", "Flatten", [OnnxGraph.Images]);
        var probabilities = HeadOnnx.Add(graph, features, standardisation, classifier);
        var ours = classifier.Predict(standardisation.Apply(queries), Cancellation);
        using var onnx = new OnnxModel(graph.ToFile(probabilities, ours.Columns, "a head"));
        return (ours, onnx.Predict([.. queries.Values.Select(v => (float)v)], shape));
    }

    private static (Standardisation Standardisation, TrainingSet Training) Standardise(FeatureMatrix raw, Func<int, int> label)
    {
        var standardisation = Standardisation.Fit(raw);
        int[] labels = [.. Enumerable.Range(0, raw.Rows).Select(label)];
        return (standardisation, new TrainingSet(standardisation.Apply(raw), labels, labels.Max() + 1));
    }

    /// <summary>Features of single precision, as those of networks are.</summary>
    private static FeatureMatrix Noise(int rows, int columns, int seed, double offset = 0)
    {
        var random = new Random(seed);
        return new FeatureMatrix(
            rows,
            columns,
            [.. Enumerable.Range(0, rows * columns).Select(_ => (double)(float)(random.NextDouble() + offset))]
        );
    }

    private static FeatureMatrix Levels(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return new FeatureMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => random.Next(4) * 0.5)]);
    }

    private sealed class Constant : IClassifier
    {
        public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default) => new(features.Rows, 2);
    }
}

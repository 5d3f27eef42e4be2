using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>The fast tests of all pairs of a board agree with the full test of one pair.</summary>
public sealed class RankingLayoutTests
{
    private const int Classes = 4;

    public static TheoryData<string?, int, int> Boards =>
        new()
        {
            { null, 40, 1 },
            { null, 400, 1 },
            { null, 400, 2 },
            { null, 4000, 2 },
            { "well", 40, 1 },
            { "well", 400, 2 },
            { "well", 4000, 2 },
            { "plate", 400, 2 },
        };

    [Theory]
    [MemberData(nameof(Boards))]
    public void Screening_leads_to_the_same_conclusion_as_the_full_test(string? cluster, int images, int splits)
    {
        var (labels, layout) = CreateLayout(cluster, images, splits);
        for (var seed = 0; seed < 12; seed++)
        {
            var (first, second) = (Predict(labels, 0.2, 10 + seed), Predict(labels, 0.2 + (0.02 * seed), 50 + seed));
            var (a, b) = (layout.Encode(first), layout.Encode(second));

            var screened = layout.Screen(a, b);
            var full = ComputeFullTest(labels, first, second, cluster);

            Assert.InRange(screened.P, 0, 1);
            if (screened.IsSettled)
            {
                Assert.Equal(full <= RankIntervals.Level, screened.P <= RankIntervals.Level);
            }

            Assert.True(screened.IsSettled || screened.P >= full * 0.98, $"bound {screened.P}, p {full}");
            Assert.Equal(full, layout.ComputeP(a, b), 1e-9);
            Assert.Equal(layout.ComputeP(a, b), layout.ComputeP(b, a), 1e-12);
        }
    }

    [Fact]
    public void The_unit_is_the_cluster_only_if_every_split_has_it()
    {
        var (labels, _) = CreateLayout("well", 40, 2);

        Assert.Equal("well", new RankingLayout(labels, Classes, "well").Unit);
        Assert.Equal("image", new RankingLayout([labels[0], labels[1].With("well", null)], Classes, "well").Unit);
        Assert.Equal("image", new RankingLayout(labels, Classes, null).Unit);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("well")]
    public void Equal_predictions_are_never_significantly_different(string? cluster)
    {
        var (labels, layout) = CreateLayout(cluster, 100, 2);
        var same = layout.Encode(Predict(labels, 0.3, 1));

        Assert.Equal(new ScreenedPair(1, true), layout.Screen(same, layout.Encode(Predict(labels, 0.3, 1))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("well")]
    public void Predictions_with_another_number_of_images_are_rejected(string? cluster)
    {
        var (_, layout) = CreateLayout(cluster, 40, 1);

        Assert.Throws<ArgumentException>(() => layout.Encode([new ushort[39]]));
    }

    /// <summary>Enumerates all signs: a sum exceeds its standard deviation with a probability of at least 10%.</summary>
    [Fact]
    public void A_difference_within_its_standard_deviation_is_never_significant()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] weights = [.. Enumerable.Range(0, 2 + (trial % 9)).Select(_ => Math.Pow(random.NextDouble(), 4))];
            var variance = weights.Sum(w => w * w);
            var sums = Enumerable
                .Range(0, 1 << weights.Length)
                .Select(signs => weights.Select((w, i) => (signs >> i & 1) == 1 ? w : -w).Sum());

            Assert.True(sums.Count(s => Math.Abs(s) >= Math.Sqrt(variance) * (1 - 1e-12)) >= 0.1 * (1 << weights.Length));
        }
    }

    private static (List<SplitLabels> Labels, RankingLayout Layout) CreateLayout(string? cluster, int images, int splits)
    {
        var labels = Enumerable.Range(0, splits).Select(s => Split(images, s)).ToList();
        return (labels, new RankingLayout(labels, Classes, cluster));
    }

    private static SplitLabels Split(int images, int seed)
    {
        var random = new Random(seed);
        return new SplitLabels
        {
            Images = Sample.Images([.. Enumerable.Range(0, images).Select(i => i.ToString())]),
            Classes = [.. Enumerable.Range(0, images).Select(_ => (ushort)random.Next(Classes))],
            Columns =
            [
                new MetadataColumn("plate", [.. Enumerable.Range(0, images).Select(i => (i % 2).ToString())]),
                new MetadataColumn("well", [.. Enumerable.Range(0, images).Select(i => (i % 30).ToString())]),
            ],
            Hash = "",
        };
    }

    private static ushort[][] Predict(List<SplitLabels> labels, double error, int seed)
    {
        var random = new Random(seed);
        return [.. labels.Select(l => l.Classes.Select(k => random.NextDouble() < error ? (ushort)((k + 1) % Classes) : k).ToArray())];
    }

    /// <summary>Computes the test from the comparisons of the splits.</summary>
    private static double ComputeFullTest(List<SplitLabels> labels, ushort[][] first, ushort[][] second, string? cluster)
    {
        var pairs = labels
            .Select((l, i) => PairedComparison.Compute(l.Classes, first[i], second[i], Classes, Clusters.Outermost(l, cluster)))
            .ToList();
        double splits = pairs.Count;
        var (value, image) = (pairs.Average(p => p.Difference), pairs.Sum(p => p.Variances.PerImage) / splits / splits);
        var perImage = Normal.TwoSided(value / Math.Sqrt(image));
        if (cluster is not null)
        {
            return Math.Max(perImage, ClusterVariance.Sum([.. pairs.Select(p => p.Variances.ByCluster!.Value)], splits).ComputeP(value));
        }

        var counts = pairs.Select(
            (p, i) => (new CorrectnessMap(labels[i].Classes, Classes), p.OnlyFirst.ToArray(), p.OnlySecond.ToArray())
        );
        return Math.Max(perImage, RankingTest.ComputeByImage([.. counts]).P);
    }
}

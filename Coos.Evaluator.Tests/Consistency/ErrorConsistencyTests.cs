using System.Text.Json;
using Coos.Evaluator.Consistency;
using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using static Coos.Evaluator.Tests.Support.ConsistencyReferences;

namespace Coos.Evaluator.Tests.Consistency;

/// <summary>The error consistency of pairs, compared with scikit-learn, and its special cases.</summary>
public sealed class ErrorConsistencyTests
{
    [Fact]
    public void The_reference_file_has_its_command_and_versions() =>
        Assert.All(
            ["command", "python", "numpy", "scipy", "scikit-learn", "statsmodels", "atc", "aline"],
            name => Assert.NotEmpty(Text(Get("made"), name))
        );

    [Fact]
    public void Kappa_of_small_pairs_equals_scikit_learn() =>
        Assert.All(
            Rows("smallPairs"),
            row =>
            {
                ushort[][] actual = [.. row.GetProperty("actual").EnumerateArray().Select(Classes)];
                var layout = CreateLayout(actual, row.GetProperty("classes").GetInt32());

                AssertEqual(row, layout, Encode("first"), Encode("second"));

                EncodedCorrectness Encode(string name) => layout.Encode([.. row.GetProperty(name).EnumerateArray().Select(Classes)]);
            }
        );

    [Fact]
    public void Kappa_of_all_bundled_pairs_equals_scikit_learn()
    {
        string[] splits = ["test3", "test4"];
        var layout = new ConsistencyLayout(
            [.. splits.Select(s => new SplitPart(BundledBoard.LabelsOf(s), null))],
            BundledBoard.ClassCount,
            "well"
        );
        JsonElement[] rows = [.. Rows("bundledPairs")];
        var names = rows.SelectMany(r => new[] { Text(r, "first"), Text(r, "second") }).Distinct().ToList();
        EncodedCorrectness[] entries =
        [
            .. names.Select(n => layout.Encode([.. splits.Select(s => BundledBoard.Predictions(n, s).Classes)])),
        ];
        var table = KappaTable.Compute(layout, entries, 2, TestContext.Current.CancellationToken);

        Assert.Equal(19 * 18 / 2, rows.Length);
        Assert.All(
            rows,
            row =>
            {
                var (i, j) = (names.IndexOf(Text(row, "first")), names.IndexOf(Text(row, "second")));
                AssertEqual(row, layout, entries[i], entries[j]);
                Assert.Equal(Number(row, "kappa"), table.Get(i, j)!.Value, Tolerance);
                Assert.Equal(Number(row, "oracle"), layout.ComputeOracle([entries[i], entries[j]]), Tolerance);

                var interval = KappaInterval.Compute(layout, entries[i], entries[j])!.Value;
                Assert.Equal("well", interval.Unit);
                Assert.InRange(Number(row, "kappa"), interval.Interval.Lower, interval.Interval.Upper);
            }
        );
    }

    /// <summary>By hand: three classes of 4, 2 and 2 images; a errs on one of each of the first two, b on two of the first.</summary>
    [Fact]
    public void A_pair_is_computed_as_by_hand()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1, 2, 2];
        var layout = CreateLayout([actual], 3);

        var pair = layout.Compute(
            layout.Encode([
                [1, 0, 0, 0, 0, 1, 2, 2],
            ]),
            layout.Encode([
                [1, 1, 0, 0, 1, 1, 2, 2],
            ])
        );

        var (a, b, o) = ((0.75 + 0.5 + 1) / 3, (0.5 + 1 + 1) / 3, (0.75 + 0.5 + 1) / 3);
        var e = (a * b) + ((1 - a) * (1 - b));
        Assert.Equal(a, pair.FirstAccuracy, 1e-12);
        Assert.Equal(b, pair.SecondAccuracy, 1e-12);
        Assert.Equal(o, pair.Agreement, 1e-12);
        Assert.Equal((o - e) / (1 - e), pair.Kappa!.Value, 1e-12);
        Assert.Equal((0.75 + 1 + 1) / 3, pair.Oracle, 1e-12);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(7, 7, null)]
    [InlineData(0, 3, 0.0)]
    [InlineData(7, 3, 0.0)]
    [InlineData(3, 3, 1.0)]
    public void Kappa_of_extreme_pairs_is_0_1_or_undefined(int wrongInFirst, int wrongInSecond, double? expected)
    {
        ushort[] actual = [0, 1, 2, 0, 1, 2, 0];
        var layout = CreateLayout([actual], 4);
        var (first, second) = (layout.Encode([Predict(wrongInFirst)]), layout.Encode([Predict(wrongInSecond)]));

        var kappa = layout.Compute(first, second).Kappa;

        Assert.Equal(expected is null, kappa is null);
        Assert.Equal(expected ?? 0, kappa ?? 0, 1e-12);
        Assert.Equal(expected is null, KappaInterval.Compute(layout, first, second) is null);

        ushort[] Predict(int wrong) => [.. actual.Select((k, i) => (ushort)(i < wrong ? (k + 1) % 4 : k))];
    }

    [Fact]
    public void The_interval_of_identical_entries_is_not_a_point()
    {
        ushort[] actual = [.. Enumerable.Range(0, 60).Select(i => (ushort)(i % 3))];
        var layout = CreateLayout([actual], 3);
        var entry = layout.Encode([
            [.. actual.Select((k, i) => (ushort)(i % 5 == 0 ? (k + 1) % 3 : k))],
        ]);

        var interval = KappaInterval.Compute(layout, entry, entry)!.Value;

        Assert.Equal(1, interval.Interval.Upper);
        Assert.InRange(interval.Interval.Lower, 0.5, 0.95);
        Assert.Equal("image", interval.Unit);
    }

    [Fact]
    public void The_interval_is_per_image_if_a_stratum_has_one_cluster()
    {
        var labels = Sample.Labels(0, 0, 0, 1, 1, 1).With("well", ["a", "a", "a", "b", "b", "b"]);
        var layout = new ConsistencyLayout([new SplitPart(labels, null)], 2, "well");

        var interval = KappaInterval.Compute(
            layout,
            layout.Encode([
                [0, 0, 1, 1, 1, 0],
            ]),
            layout.Encode([
                [0, 1, 1, 1, 1, 0],
            ])
        );

        Assert.Equal("image", interval!.Value.Unit);
    }

    [Fact]
    public void The_variance_by_cluster_with_a_cluster_per_image_is_near_that_per_image()
    {
        const int Images = 3000;
        var mix = new SplitMix(5);
        int[] actual = [.. Enumerable.Range(0, Images).Select(i => i % 3)];
        var labels = Sample.Labels(actual).With("well", [.. Enumerable.Range(0, Images).Select(i => $"w{i}")]);
        ushort[] first = [.. actual.Select(k => (ushort)(mix.NextDouble() < 0.8 ? k : (k + 1) % 3))];
        ushort[] second =
        [
            .. actual.Select((k, i) => mix.NextDouble() < 0.5 ? first[i] : (ushort)(mix.NextDouble() < 0.8 ? k : (k + 1) % 3)),
        ];

        var byImage = Compute(null);
        var byWell = Compute("well");

        Assert.Equal("image", byImage.Unit);
        Assert.Equal("well", byWell.Unit);
        Assert.InRange((byWell.Interval.Upper - byWell.Interval.Lower) / (byImage.Interval.Upper - byImage.Interval.Lower), 0.99, 1.03);

        KappaInterval Compute(string? cluster)
        {
            var layout = new ConsistencyLayout([new SplitPart(labels, null)], 3, cluster);
            return KappaInterval.Compute(layout, layout.Encode([first]), layout.Encode([second]))!.Value;
        }
    }

    [Fact]
    public void Only_the_scored_part_counts()
    {
        var part = new SplitPart(Sample.Labels(0, 1), [1, 3]);
        var layout = new ConsistencyLayout([part], 2, null);

        var entry = layout.Encode([
            [9, 0, 9, 0],
        ]);

        Assert.Equal(0.5, entry.Accuracy);
        Assert.Equal(2, layout.Images);
    }

    private static void AssertEqual(JsonElement row, ConsistencyLayout layout, EncodedCorrectness first, EncodedCorrectness second)
    {
        var pair = layout.Compute(first, second);
        var accuracies = Numbers(row.GetProperty("accuracies"));
        Assert.Equal(accuracies[0], pair.FirstAccuracy, Tolerance);
        Assert.Equal(accuracies[1], pair.SecondAccuracy, Tolerance);
        Assert.Equal(Number(row, "agreement"), pair.Agreement, Tolerance);
        Assert.Equal(Number(row, "kappa"), pair.Kappa!.Value, Tolerance);
        Assert.Equal(Number(row, "oracle"), pair.Oracle, Tolerance);
    }

    private static ConsistencyLayout CreateLayout(ushort[][] actual, int classes) =>
        new([.. actual.Select(a => new SplitPart(Sample.Labels([.. a.Select(k => (int)k)]), null))], classes, null);
}

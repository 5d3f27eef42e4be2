using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Methods;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Methods;

/// <summary>Means over runs, their differences and the parts of their variance.</summary>
public sealed class MethodLayoutTests
{
    private const int Classes = 3;

    private static readonly SplitLabels Labels = CreateLabels(120, 7);
    private static readonly MethodLayout Layout = new([Labels], Classes, "well");

    [Fact]
    public void The_mean_is_that_of_the_runs()
    {
        ushort[] wrong = [.. Labels.Classes.Select(k => (ushort)((k + 1) % Classes))];

        var method = Layout.Encode([
            [Labels.Classes],
            [wrong],
            [Labels.Classes],
            [wrong],
        ]);

        Assert.Equal([0, 1, 0, 1], method.RunErrors);
        Assert.Equal((4, 0.5), (method.Runs, method.Mean));
        Assert.Equal(1 / 3.0, method.RunVariance, 1e-12);
        Assert.Equal(0.5, Layout.Estimate(method).Value);
    }

    /// <summary>Every run counts, so that a method cannot hide a bad one by its order or number.</summary>
    [Fact]
    public void The_order_of_the_runs_does_not_matter()
    {
        var runs = DrawRuns(0.2, 4, 1);
        var other = Layout.Encode(DrawRuns(0.3, 3, 2));

        var estimate = Layout.Compare(Layout.Encode(runs), other);

        Assert.Equal(estimate, Layout.Compare(Layout.Encode([runs[2], runs[0], runs[3], runs[1]]), other), AreClose);
    }

    [Fact]
    public void The_comparison_of_two_methods_is_antisymmetric()
    {
        var (first, second) = (Layout.Encode(DrawRuns(0.2, 3, 1)), Layout.Encode(DrawRuns(0.3, 5, 2)));

        var (there, back) = (Layout.Compare(first, second), Layout.Compare(second, first));

        Assert.Equal(there.Value, -back.Value);
        Assert.Equal(there.Interval.Lower, -back.Interval.Upper, 1e-12);
        Assert.Equal(there.P, back.P, 1e-12);
        Assert.Equal(there.P, Layout.ComputeP(first, second));
        Assert.Equal(first.Mean - second.Mean, there.Value);
    }

    [Fact]
    public void Equal_methods_are_never_different()
    {
        var method = Layout.Encode(DrawRuns(0.2, 3, 1));

        Assert.Equal((0.0, 1.0), (Layout.Compare(method, method).Value, Layout.Compare(method, method).P));
    }

    [Fact]
    public void The_interval_and_the_test_agree()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var difference = Layout.Compare(Layout.Encode(DrawRuns(0.15, 3, seed)), Layout.Encode(DrawRuns(0.25, 3, seed + 100)));

            Assert.Equal(difference.P <= 0.05, difference.Interval.Lower > 0 || difference.Interval.Upper < 0);
        }
    }

    [Fact]
    public void Runs_that_differ_widen_the_interval_by_their_variance()
    {
        ushort[] wrong = [.. Labels.Classes.Select(k => (ushort)((k + 1) % Classes))];
        var variance = Layout
            .Estimate(
                Layout.Encode([
                    [Labels.Classes],
                    [wrong],
                    [Labels.Classes],
                ])
            )
            .Variance;

        Assert.Equal(1 / 9.0, variance.Runs, 1e-12);
        Assert.Equal(variance.Images + variance.Runs, variance.Total);
        Assert.InRange(variance.Degrees, 2, 3);
        Assert.Equal(variance.Runs / variance.Total, variance.RunShare);
    }

    [Fact]
    public void Equal_runs_leave_the_variance_of_the_images()
    {
        var run = DrawRuns(0.2, 1, 3)[0];

        var variance = Layout.Estimate(Layout.Encode([run, run, run])).Variance;

        Assert.Equal((0.0, 0.0), (variance.Runs, variance.RunShare));
        Assert.True(variance.Images > 0);
    }

    [Fact]
    public void A_method_without_errors_has_an_interval()
    {
        var estimate = Layout.Estimate(
            Layout.Encode([
                [Labels.Classes],
                [Labels.Classes],
                [Labels.Classes],
            ])
        );

        Assert.Equal((0.0, 0.0, "image"), (estimate.Value, estimate.Interval.Lower, estimate.Unit));
        Assert.InRange(estimate.Interval.Upper, 0.005, 0.05);
    }

    [Fact]
    public void A_split_whose_stratum_is_one_cluster_is_tested_by_image()
    {
        var layout = new MethodLayout([CreateLabels(60, 1)], Classes, "well");
        ushort[] predicted = [.. Enumerable.Repeat((ushort)0, 60)];

        Assert.Equal(
            "image",
            layout
                .Estimate(
                    layout.Encode([
                        [predicted],
                        [predicted],
                        [predicted],
                    ])
                )
                .Unit
        );
    }

    [Fact]
    public void Only_the_part_of_the_labels_counts()
    {
        int[] positions = [.. Enumerable.Range(0, Labels.Classes.Length).Where(i => i % 2 == 0)];
        var part = new SplitPart(
            (
                Labels with
                {
                    Images = Sample.Images([.. positions.Select(i => $"{i:D4}")]),
                    Classes = [.. positions.Select(i => Labels.Classes[i])],
                }
            ).With("well", [.. positions.Select(i => Labels.Wells![i])]),
            positions
        );
        ushort[] wrongOutside = [.. Labels.Classes.Select((k, i) => i % 2 == 0 ? k : (ushort)((k + 1) % Classes))];

        var method = new MethodLayout([part], Classes, "well").Encode([
            [wrongOutside],
            [Labels.Classes],
        ]);

        Assert.Equal([0, 0], method.RunErrors);
    }

    [Fact]
    public void Runs_with_another_number_of_images_are_rejected() =>
        Assert.Throws<ArgumentException>(() =>
            Layout.Encode([
                [new ushort[119]],
            ])
        );

    [Fact]
    public void One_run_has_no_interval() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Layout.Estimate(
                Layout.Encode([
                    [Labels.Classes],
                ])
            )
        );

    private static bool AreClose(MethodEstimate a, MethodEstimate b) =>
        Math.Abs(a.Value - b.Value) < 1e-12 && Math.Abs(a.Interval.Lower - b.Interval.Lower) < 1e-12 && Math.Abs(a.P - b.P) < 1e-12;

    private static SplitLabels CreateLabels(int images, int wells)
    {
        var rows = new LabelRows("well");
        for (var i = 0; i < images; i++)
        {
            rows.TryAdd($"{i:D4}", i % Classes, $"w{i / Classes % wells}");
        }

        return rows.ToLabels();
    }

    private static List<IReadOnlyList<ushort[]>> DrawRuns(double error, int runs, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, runs)
                .Select(_ =>
                    (ushort[][])
                        [
                            [.. Labels.Classes.Select(k => random.NextDouble() < error ? (ushort)((k + 1) % Classes) : k)],
                        ]
                ),
        ];
    }
}

using System.Text;
using Coos.Evaluator.Dials;
using Coos.Models.Dials;
using Coos.Server.Data;
using Coos.Server.Models.Dials;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;

namespace Coos.Server.Tests.Models.Dials;

public sealed class DialScoresTests
{
    private const int Images = 400;

    private static readonly SplitLabels Labels = new()
    {
        Images = ImageIndex.Create([.. Enumerable.Range(0, Images).Select(i => Encoding.UTF8.GetBytes($"{i:000}"))], out _),
        Classes = [.. Enumerable.Range(0, Images).Select(i => (ushort)(i % 2))],
        Hash = "",
    };

    [Fact]
    public void Curves_start_without_change_and_say_where_five_points_are_lost()
    {
        // 5% wrong without change; 5%, 7%, 17% and 45% at the levels of defocus: five points are lost at 0.65 px.
        var document = CreateScores(0.05, ("defocus", [0.05, 0.07, 0.17, 0.45]), ("gain", [0.05, 0.05, 0.05, 0.05]))
            .ToDocument(default, "tiny", "test1");

        Assert.Equal(["defocus", "gain"], document.Dials.Select(d => d.Name));
        var (defocus, gain) = (document.Dials[0], document.Dials[1]);
        Assert.Equal([0.05, 0.05, 0.07, 0.17, 0.45], defocus.Levels.Select(l => Math.Round(l.BalancedError, 12)));
        Assert.Equal([0, 0.25, 0.5, 1, 1.5], defocus.Levels.Select(l => l.Strength));
        Assert.Null(defocus.Levels[0].Change);
        Assert.Equal(0.12, defocus.Levels[3].Change!.Difference, 1e-12);
        Assert.Equal(0.65, defocus.FivePointLoss!.Strength!.Value, 1e-9);
        Assert.Equal(2.3, defocus.FivePointLoss.Position!.Value, 1e-9);
        Assert.True(defocus.FivePointLoss.Interval[0] < 0.65 && defocus.FivePointLoss.Interval[1] > 0.65);
        Assert.Equal((null, null), (gain.FivePointLoss!.Strength, gain.FivePointLoss.Position));
        Assert.Equal((0.05 + 0.07 + 0.17 + 0.45) / 4, defocus.MeanError, 1e-12);
        Assert.Equal((defocus.MeanError + gain.MeanError) / 2, document.MeanError, 1e-12);
        Assert.StartsWith("Loses five points of balanced error by defocus at 0.65 pixels (", document.Summary, StringComparison.Ordinal);
        Assert.EndsWith("Loses less than five points at every level of gain.", document.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Photon_noise_is_interpolated_by_its_variance()
    {
        // The loss grows from 0 to 10 points between none and 4 photons: five are lost at 8 photons, whose variance is half.
        var document = CreateScores(0.05, ("photonNoise", [0.15, 0.2, 0.25, 0.3])).ToDocument(default, "tiny", "test1");

        Assert.Equal(8, document.Dials[0].FivePointLoss!.Strength!.Value, 1e-9);
        Assert.Null(document.Dials[0].Levels[0].Strength);
    }

    [Fact]
    public void Rotations_have_no_point_between_them_and_their_worst_one_is_named()
    {
        var document = CreateScores(0.05, ("rotation", [0.05, 0.2, 0.05, 0.05])).ToDocument(default, "tiny", "test1");

        Assert.Null(document.Dials[0].FivePointLoss);
        Assert.Equal("Loses five points of balanced error by rotation (180\u00b0).", document.Summary);
    }

    [Fact]
    public void Entries_are_compared_at_the_levels_that_both_have()
    {
        var first = CreateScores(0.05, ("defocus", [0.05, 0.07, 0.17, 0.45]), ("gain", [0.05, 0.05, 0.05, 0.05]));
        var second = CreateScores(0.05, ("defocus", [0.05, 0.07, 0.37, 0.45]));

        var comparison = first.Compare(second);

        Assert.Equal(
            [("none", 0), ("defocus", 1), ("defocus", 2), ("defocus", 3), ("defocus", 4)],
            comparison.Levels.Select(l => (l.Dial, l.Level))
        );
        Assert.Equal(0.2, comparison.Find("defocus", 3)!.Difference, 1e-12);
        Assert.True(comparison.Find("defocus", 3)!.AdjustedP < 0.001);
        Assert.Equal(1, comparison.Find("defocus", 4)!.P);
        Assert.Equal(0.05, comparison.MeanError.Difference, 1e-12);
        Assert.Null(comparison.Find("gain", 1));
    }

    [Fact]
    public void Predictions_of_other_versions_unknown_dials_or_levels_are_not_scored()
    {
        var none = CreateRow("none", 0, 0.05);
        var scorer = CreateScorer();

        Assert.Null(DialScores.Create(scorer, [none], c => c));
        Assert.Null(DialScores.Create(scorer, [CreateRow("defocus", 1, 0.05)], c => c));
        Assert.Null(DialScores.Create(scorer, [none, CreateRow("tilt", 1, 0.05), CreateRow("gain", 5, 0.05)], c => c));
        Assert.Null(DialScores.Create(scorer, [none, CreateRow("gain", 1, 0.05, ShiftDials.Version + 1)], c => c));
    }

    [Fact]
    public void A_dial_is_shown_when_all_of_its_levels_were_run()
    {
        var running = CreateScores(0.05, ("defocus", [0.05, 0.07, 0.17, 0.45]), ("gain", [0.05, 0.05, 0.05]));
        var document = running.ToDocument(default, "tiny", "test1");

        Assert.Equal("defocus", Assert.Single(document.Dials).Name);
        Assert.Equal(document.Dials[0].MeanError, document.MeanError, 1e-12);
        var oblong = DialScores.Create(
            CreateScorer(),
            [CreateRow("none", 0, 0.05), CreateRow("rotation", 2, 0.05), CreateRow("rotation", 4, 0.05)],
            c => c
        );
        Assert.Equal([0, 2, 4], oblong!.ToDocument(default, "tiny", "test1").Dials[0].Levels.Select(l => l.Level));
        Assert.Null(DialScores.Create(CreateScorer(), [CreateRow("none", 0, 0.05), CreateRow("rotation", 1, 0.05)], c => c));
    }

    [Fact]
    public void The_table_has_a_line_per_level_and_the_columns_of_the_comparison()
    {
        var first = CreateScores(0.05, ("defocus", [0.05, 0.07, 0.17, 0.45]));
        var document = first.ToDocument(default, "tiny", "test1") with { Comparison = first.Compare(first) };

        var lines = document.ToCsv().TrimEnd('\n').Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.EndsWith(",difference,differenceLower,differenceUpper,differenceP,adjustedP", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("defocus,pixels,1,0.25,0.05", lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    private static DialScores CreateScores(double none, params (string Dial, double[] Errors)[] dials) =>
        DialScores.Create(
            CreateScorer(),
            [
                CreateRow(ShiftDials.UnchangedName, 0, none),
                .. dials.SelectMany(d => d.Errors.Select((error, i) => CreateRow(d.Dial, i + 1, error))),
            ],
            classes => classes
        )!;

    private static DialScorer CreateScorer() => new(Labels, 2, null, new Ranking(MetricId.BalancedError, ["test1"]));

    /// <summary>The first images of each class are wrong.</summary>
    private static DialPrediction CreateRow(string dial, int level, double error, int version = ShiftDials.Version) =>
        new()
        {
            Id = default,
            Dial = dial,
            Level = level,
            Version = version,
            Classes = [.. Labels.Classes.Select((k, i) => i < (int)Math.Round(error * Images) ? (ushort)(1 - k) : k)],
            ImagesHash = [],
        };
}

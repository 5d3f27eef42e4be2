using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Leaderboards;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Layout of the chart of errors under shift.</summary>
public sealed class ShiftLayoutTests
{
    private const int Bottom = ShiftLayout.Height - 44;

    /// <summary>The last errors of the lines.</summary>
    public static TheoryData<double[]> Ends =>
        new()
        {
            (double[])[],
            (double[])[0.1],
            (double[])[0.05, 0.05],
            (double[])[0, 0, 0, 0, 0],
            (double[])[0.216, 0.059, 0.058, 0.0735, 0.074, 0.103],
            (double[])[1, 1, 1],
            (double[])[0.001, 0.002, 0.003, 0.2],
            (double[])[.. Enumerable.Range(0, 12).Select(i => 0.06 + (i * 0.001))],
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Labels_do_not_overlap_and_stay_above_the_axis(double[] ends)
    {
        var layout = new ShiftLayout(4, ends.DefaultIfEmpty(0).Max());

        var placed = layout.Spread(ends.Select((error, i) => new ShiftLine($"line {i}", "other", [0, 0, 0, error], false)));

        Assert.Equal(ends.OrderDescending(), placed.Select(p => p.Line.Errors[^1]));
        Assert.All(
            placed.Zip(placed.Skip(1)),
            pair => Assert.True(pair.Second.Y - pair.First.Y > 17.999, $"{pair.First.Y} and {pair.Second.Y}")
        );
        Assert.All(placed, p => Assert.InRange(p.Y, 0, Bottom + 1e-9));
    }

    [Theory]
    [InlineData("Texture, L1 LR", "Texture")]
    [InlineData("vgg-19 Conv4_1, kNN", "vgg-19")]
    [InlineData("A name that is far longer than any label", "A name that\u2026")]
    [InlineData("WWWWWWWWWWWWWWWW", "WWWWWWW\u2026")]
    [InlineData("Fourteen chars", "Fourteen ch\u2026")]
    public void A_label_is_the_family_or_the_start_of_the_method_name(string method, string label)
    {
        var entry = new LeaderboardEntry
        {
            Id = Guid.Empty,
            Method = method,
            Submitter = "",
            Kind = SubmissionKind.Submission,
            Splits = new Dictionary<string, EntryScore> { ["a"] = new(1, null, null) },
        };

        var line = Assert.Single(
            ShiftLine.CreateAll([new RankedEntry(entry, 1, 1, null)], [new Split("a", SplitRole.Shifted, "A", "", null, "")])
        );

        Assert.Equal((label, method), (line.Label, line.Method));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.012)]
    [InlineData(0.05)]
    [InlineData(0.216)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Ticks_cover_every_error(double largest)
    {
        var layout = new ShiftLayout(5, largest);

        var ticks = layout.Ticks.ToList();

        Assert.InRange(ticks.Count, 2, 8);
        Assert.Equal(0, ticks[0]);
        Assert.True(ticks[^1] >= largest - 1e-9, $"{ticks[^1]}");
        Assert.Equal(Bottom, layout.Y(0), 1e-9);
        Assert.InRange(layout.Y(largest), 0, Bottom);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Columns_are_ordered_and_stay_inside_the_chart(int columns)
    {
        var layout = new ShiftLayout(columns, 0.1);

        var places = Enumerable.Range(0, columns).Select(layout.X).ToList();

        Assert.Equal(places.Distinct().Order(), places);
        Assert.All(places, x => Assert.InRange(x, ShiftLayout.Left, ShiftLayout.Width - ShiftLayout.Right));
    }
}

using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;
using Coos.Web.Leaderboards;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Layout of the chart of errors under shift.</summary>
public sealed class ShiftLayoutTests
{
    private static readonly string[] Sites = [.. Enumerable.Range(1, 12).Select(i => $"Site {i}")];

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
        var lines = Lines(ends.Select((error, i) => Line($"line {i}", 0, 0, 0, error)));
        var (layout, _) = ShiftLayout.Compute(lines, Splits("a", "b", "c", "d"), isNarrow: false);

        var placed = layout.Spread(lines.Named);

        Assert.Equal(ends.OrderDescending(), placed.Select(p => p.Line.Errors[^1]));
        Assert.All(
            placed.Zip(placed.Skip(1)),
            pair => Assert.True(pair.Second.Y - pair.First.Y > 16.999, $"{pair.First.Y} and {pair.Second.Y}")
        );
        Assert.All(placed, p => Assert.InRange(p.Y, 0, layout.Floor + 1e-9));
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
        var (layout, _) = ShiftLayout.Compute(Lines([Line("a", 0, largest)]), Splits("a", "b"), isNarrow: false);

        var ticks = layout.Ticks.ToList();

        Assert.InRange(ticks.Count, 2, 8);
        Assert.Equal(0, ticks[0]);
        Assert.True(ticks[^1] >= largest - 1e-9, $"{ticks[^1]}");
        Assert.Equal(layout.Floor, layout.Y(0), 1e-9);
        Assert.InRange(layout.Y(largest), 0, layout.Floor);
    }

    [Fact]
    public void The_scale_covers_intervals_and_the_band_but_not_the_last_entries_of_many()
    {
        var named = Line("best", 0.01, 0.02) with { Intervals = [new Interval(0, 0.03), new Interval(0.01, 0.34)] };
        var band = ShiftBand.Compute([.. Enumerable.Range(0, 101).Select(i => (double[])[0.1, i / 100.0])]);

        Assert.Equal(0.34, ShiftLayout.Compute(Lines([named]), Splits("a", "b"), isNarrow: false).Layout.Largest);
        Assert.Equal(
            0.95,
            ShiftLayout.Compute(Lines([named]) with { Band = band }, Splits("a", "b"), isNarrow: false).Layout.Largest,
            1e-12
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Columns_are_ordered_and_lines_stay_inside_the_chart(int columns)
    {
        double[] errors = [.. Enumerable.Repeat(0.1, columns)];
        Interval?[] intervals = [.. Enumerable.Repeat(new Interval(0.05, 0.2), columns)];
        var lines = Lines(Enumerable.Range(0, 8).Select(i => Line($"{i}", errors) with { Intervals = intervals }));

        foreach (var isNarrow in new[] { false, true })
        {
            var (layout, _) = ShiftLayout.Compute(lines, Splits([.. Sites.Take(columns)]), isNarrow);
            var places = Enumerable.Range(0, columns).SelectMany(c => Enumerable.Range(0, 8).Select(l => layout.X(c, l))).ToList();

            Assert.Equal(places.Distinct().Order(), places);
            Assert.All(places, x => Assert.InRange(x, layout.Frame.Left, layout.Frame.Width - layout.Frame.Right));
        }
    }

    [Fact]
    public void Lines_without_intervals_are_not_moved_sideways()
    {
        var (layout, _) = ShiftLayout.Compute(Lines([Line("a", 0.1), Line("b", 0.2)]), Splits("a"), isNarrow: false);

        Assert.Equal((layout.X(0), layout.X(0)), (layout.X(0, 0), layout.X(0, 1)));
    }

    [Theory]
    [InlineData("DeepLoc (FC2), L1 LR")]
    [InlineData("Masked autoencoder v4")]
    public void The_margin_has_room_for_the_longest_name(string name)
    {
        var (layout, _) = ShiftLayout.Compute(Lines([Line(name, 0.1), Line("b", 0.2)]), Splits("a"), isNarrow: false);

        var room = layout.Frame.Width - layout.NameStart + 1;
        Assert.Equal(name, ChartLabel.Fit(name, room, ShiftLayout.LabelSize));
        Assert.True(layout.Column > 200, $"{layout.Column}");
    }

    [Fact]
    public void A_name_longer_than_a_third_of_the_chart_is_shortened()
    {
        var name = new string('n', 200);
        var (layout, _) = ShiftLayout.Compute(Lines([Line(name, 0.1)]), Splits("a"), isNarrow: false);

        Assert.EndsWith(
            "\u2026",
            ChartLabel.Fit(name, layout.Frame.Width - layout.NameStart + 1, ShiftLayout.LabelSize),
            StringComparison.Ordinal
        );
        Assert.True(layout.Column > 300, $"{layout.Column}");
    }

    [Theory]
    [InlineData(4, false, false)]
    [InlineData(4, true, false)]
    [InlineData(12, true, true)]
    public void Titles_of_splits_are_turned_if_they_would_overlap(int count, bool isNarrow, bool isTurned)
    {
        var splits = Splits([.. Sites.Take(count)]);

        var (layout, axis) = ShiftLayout.Compute(Lines([Line("a", [.. new double[count]])]), splits, isNarrow);

        Assert.Equal(isTurned, axis.IsTurned);
        Assert.Equal(splits.Select(s => s.Title), axis.Titles);
        Assert.All(axis.Titles, t => Assert.True(isTurned || ChartLabel.WidthOf(t, 11.5) < layout.Column, t));
        Assert.Equal(axis.Height, layout.Frame.Bottom);
    }

    [Fact]
    public void Turned_titles_begin_inside_the_chart_and_long_ones_are_shortened()
    {
        var splits = Splits([.. Enumerable.Range(1, 12).Select(i => $"The held-out laboratory number {i}")]);

        var (layout, axis) = ShiftLayout.Compute(Lines([Line("a", new double[12])]), splits, isNarrow: true);

        Assert.True(axis.IsTurned);
        Assert.All(axis.Titles, t => Assert.EndsWith("\u2026", t, StringComparison.Ordinal));
        Assert.All(
            axis.Titles.Index(),
            t => Assert.True(layout.X(t.Index) + 4 >= 0.76 * ChartLabel.WidthOf(t.Item, 11.5), $"{t.Index}: {t.Item}")
        );
        Assert.InRange(axis.Height, 40, 100);
    }

    [Theory]
    [InlineData("other microscope", false, "other microscope")]
    [InlineData("other microscope", true, "other|microscope")]
    [InlineData("same Paracoccidioides", true, "")]
    public void Kinds_of_shift_wrap_below_the_titles_or_are_left_to_the_tooltip(string shift, bool isNarrow, string lines)
    {
        var splits = Splits("a", "b", "c", "d").Select(s => s with { Shift = shift }).ToList();

        var (_, axis) = ShiftLayout.Compute(Lines([Line("a", 0, 0, 0, 0)]), splits, isNarrow);

        Assert.Equal(lines, string.Join('|', axis.Shifts is [var first, ..] ? first : []));
    }

    private static ShiftLines Lines(IEnumerable<ShiftLine> named) => new([.. named], [], null, 0);

    private static ShiftLine Line(string name, params double[] errors) =>
        new(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), name, "other", errors, new Interval?[errors.Length]);

    private static List<Split> Splits(params string[] titles) =>
        [.. titles.Select((t, i) => new Split($"s{i}", SplitRole.Shifted, t, "", null, ""))];
}

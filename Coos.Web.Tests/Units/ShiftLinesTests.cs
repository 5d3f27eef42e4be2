using Coos.Server.Accounts;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Leaderboards;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Selection of the entries that the chart of errors under shift names, and the band of all.</summary>
public sealed class ShiftLinesTests
{
    private static readonly Split[] Splits = [new("a", SplitRole.Shifted, "A", "", null, "")];
    private static readonly Guid Account = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private static readonly Guid Team = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public void Each_entry_of_a_small_board_has_a_line_with_its_name()
    {
        var lines = ShiftLines.Select(Board(8), Splits);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"method {i}"), lines.Named.Select(l => l.Method));
        Assert.Equal((0, null, 8), (lines.Others.Count, lines.Band, lines.Count));
    }

    [Fact]
    public void A_large_board_has_a_band_and_the_names_of_the_best_five()
    {
        var lines = ShiftLines.Select(Board(9), Splits);

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"method {i}"), lines.Named.Select(l => l.Method));
        Assert.Empty(lines.Others);
        Assert.Equal(0.04, Assert.Single(lines.Band!.Medians), 1e-12);
        Assert.Equal(9, lines.Count);
    }

    [Fact]
    public void The_best_entries_of_the_reader_and_their_team_have_names()
    {
        var board = Board(
            30,
            i =>
                i switch
                {
                    2 or 8 or 20 or 25 => $"account:{Account}",
                    12 => $"team:{Team}",
                    13 => "NAME",
                    _ => null,
                }
        );

        var lines = ShiftLines.Select(board, Splits, viewer: new Viewer { AccountId = Account, TeamId = Team });

        Assert.Equal(
            [("method 2", true), ("method 8", true), ("method 12", true)],
            lines.Named.Where(l => l.IsOwn).Select(l => (l.Method, l.IsOwn))
        );
        Assert.Equal(7, lines.Named.Count);
        Assert.Equal(5, ShiftLines.Select(board, Splits, viewer: Viewer.Anonymous).Named.Count);
    }

    [Fact]
    public void A_chart_about_an_entry_names_only_that_entry()
    {
        var (small, large) = (Board(4), Board(40));

        var (few, many) = (ShiftLines.Select(small, Splits, small[2].Entry.Id), ShiftLines.Select(large, Splits, large[30].Entry.Id));

        Assert.Equal(("method 2", 3), (Assert.Single(few.Named).Method, few.Others.Count));
        Assert.Equal(("method 30", 0), (Assert.Single(many.Named).Method, many.Others.Count));
        Assert.NotNull(many.Band);
    }

    [Fact]
    public void Entries_without_a_rank_or_a_score_have_no_line()
    {
        List<RankedEntry> board = [.. Board(3), new RankedEntry(Entry(7, null), null, null, null)];
        Split[] more = [.. Splits, new Split("b", SplitRole.Shifted, "B", "", null, "")];

        Assert.Equal(3, ShiftLines.Select(board, Splits).Count);
        Assert.Equal(0, ShiftLines.Select(board, more).Count);
        Assert.Empty(ShiftLines.Select([], []).Named);
    }

    /// <summary>The expected values are those of R: <c>quantile(c(1, 2, 4, 8, 16), c(0, .05, .25, .3, .5, .95, 1))</c>.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.05, 1.2)]
    [InlineData(0.25, 2)]
    [InlineData(0.3, 2.4)]
    [InlineData(0.5, 4)]
    [InlineData(0.95, 14.4)]
    [InlineData(1, 16)]
    public void Quantiles_are_interpolated(double part, double quantile) =>
        Assert.Equal(quantile, ShiftBand.Quantile([1, 2, 4, 8, 16], part), 1e-12);

    [Fact]
    public void A_band_has_five_quantiles_for_each_split_in_any_order_of_entries()
    {
        var band = ShiftBand.Compute([.. Enumerable.Range(0, 21).Reverse().Select(i => (double[])[i / 20.0, 0.5])]);

        Assert.Equal([0.05, 0.25, 0.5, 0.75, 0.95], band.Quantiles[0].Select(q => Math.Round(q, 12)));
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 0.5], band.Quantiles[1]);
        Assert.Equal((0.05, 0.95), (Math.Round(band.Most.First().Lower, 12), Math.Round(band.Most.First().Upper, 12)));
        Assert.Equal((0.25, 0.75), (Math.Round(band.Half.First().Lower, 12), Math.Round(band.Half.First().Upper, 12)));
    }

    private static List<RankedEntry> Board(int count, Func<int, string?>? owner = null) =>
        [.. Enumerable.Range(0, count).Select(i => new RankedEntry(Entry(i, owner?.Invoke(i)), i + 1, i / 100.0, null))];

    private static LeaderboardEntry Entry(int i, string? owner) =>
        new()
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            Method = $"method {i}",
            Submitter = "",
            Kind = SubmissionKind.Submission,
            Owner = owner,
            Splits = new Dictionary<string, EntryScore> { ["a"] = new(i / 100.0, null, null) },
        };
}

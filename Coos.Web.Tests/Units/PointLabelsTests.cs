using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;
using Coos.Web.Leaderboards.Shift;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Places point names in the chart of two accuracies.</summary>
public sealed class PointLabelsTests
{
    private static readonly RobustnessPoint Point = new(
        new RankedEntry(
            new LeaderboardEntry
            {
                Id = Guid.Empty,
                Method = "x",
                Submitter = "",
                Kind = SubmissionKind.Submission,
                Splits = new Dictionary<string, EntryScore>(),
            },
            1,
            0.1,
            null
        ),
        0.9,
        0.8,
        null
    );

    [Theory]
    [InlineData(300, 200, "start")]
    [InlineData(600, 200, "end")]
    [InlineData(60, 200, "start")]
    public void A_name_is_right_of_its_point_if_there_is_room(double x, double y, string anchor)
    {
        var label = Assert.Single(PointLabels.Place([(Point, x, y, "DeepLoc (FC2), RF")], [(x, y)], []));

        Assert.Equal((anchor, y + 4), (label.Anchor, label.Y));
    }

    [Fact]
    public void A_name_avoids_other_points_the_line_and_other_names()
    {
        (double X, double Y)[] points = [(300, 200), (340, 200), (310, 206)];
        (double X, double Y)[] line = [.. Enumerable.Range(0, 120).Select(i => (180.0 + (2 * i), 320.0 - (2 * i)))];

        var labels = PointLabels.Place([(Point, 300, 200, "Texture, RF"), (Point, 310, 206, "Texture, kNN")], points, line);

        var boxes = labels.Select(PointLabels.BoxOf).ToList();
        Assert.All(boxes, b => Assert.DoesNotContain(points, p => p.X > b.Left && p.X < b.Right && p.Y > b.Top && p.Y < b.Bottom));
        Assert.True(
            boxes[0].Right <= boxes[1].Left
                || boxes[1].Right <= boxes[0].Left
                || boxes[0].Bottom <= boxes[1].Top
                || boxes[1].Bottom <= boxes[0].Top,
            $"{boxes[0]} and {boxes[1]}"
        );
    }

    [Fact]
    public void A_name_avoids_text_in_the_chart()
    {
        var label = Assert.Single(PointLabels.Place([(Point, 300, 200, "Texture, RF")], [(300, 200)], [], ("no loss", 330, 204, "start")));

        var (left, top, right, bottom) = PointLabels.BoxOf(label);
        Assert.True(right <= 330 || left >= 330 + 50 || bottom <= 204 - 12 || top >= 204 + 3, $"{left} {top} {right} {bottom}");
    }

    [Theory]
    [InlineData(RobustnessLayout.Left + 1, RobustnessLayout.Top + 1)]
    [InlineData(RobustnessLayout.Width - 20, RobustnessLayout.Top + 1)]
    [InlineData(RobustnessLayout.Left + 1, RobustnessLayout.Height - RobustnessLayout.Bottom - 1)]
    [InlineData(RobustnessLayout.Width - 20, RobustnessLayout.Height - RobustnessLayout.Bottom - 1)]
    public void A_name_in_a_corner_stays_inside_the_chart(double x, double y)
    {
        var (left, top, right, bottom) = PointLabels.BoxOf(
            Assert.Single(PointLabels.Place([(Point, x, y, "A method of long name")], [], []))
        );

        Assert.True(
            left >= RobustnessLayout.Left
                && right <= RobustnessLayout.Width
                && top >= 0
                && bottom <= RobustnessLayout.Height - RobustnessLayout.Bottom,
            $"{left} {top} {right} {bottom}"
        );
    }
}

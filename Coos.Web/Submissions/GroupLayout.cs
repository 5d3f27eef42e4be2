using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Web.Components;

namespace Coos.Web.Submissions;

/// <summary>The layout of a chart of groups: one row per group, worst first, on the same scale for all charts of an entry.</summary>
/// <param name="Rows">The groups that are drawn.</param>
/// <param name="Left">The number of groups that are not drawn.</param>
/// <param name="Metric">The metric.</param>
/// <param name="From">The left end of the scale, a value of the metric.</param>
/// <param name="To">The right end of the scale.</param>
internal sealed record GroupLayout(IReadOnlyList<GroupRow> Rows, int Left, MetricInfo Metric, double From, double To)
{
    /// <summary>The width of the chart, in units of the view box.</summary>
    public const double Width = 340;

    /// <summary>The height of a row.</summary>
    public const double RowHeight = 20;

    /// <summary>The upper end of the rows.</summary>
    public const double Top = 8;

    /// <summary>The largest number of groups in a chart: those with the worst values.</summary>
    public const int MaximumRows = 24;

    private const double LabelWidth = 110;
    private const double Right = 14;
    private const double TitleSize = 12;

    /// <summary>The height of the chart.</summary>
    public double Height => Bottom + 26;

    /// <summary>The lower end of the rows.</summary>
    public double Bottom => Top + (RowHeight * Rows.Count);

    /// <summary>The grid lines: at most five values.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var step = ChartTicks.StepOf(To - From, 4, 0.0005);
            var first = Math.Ceiling((From / step) - 1e-9) * step;
            return [.. Enumerable.Range(0, 12).Select(i => first + (i * step)).TakeWhile(t => t <= To + 1e-9)];
        }
    }

    /// <summary>Lays out the groups of one column on one split.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="range">The ends of the scale.</param>
    public static GroupLayout Create(IEnumerable<GroupScore> groups, MetricInfo metric, (double From, double To) range)
    {
        GroupRow[] rows =
        [
            .. groups
                .Select(g => (Group: g, Score: g.Metrics.FirstOrDefault(m => m.Id == metric.Id)))
                .Where(g => g.Score?.Value is not null)
                .Select(g => new GroupRow(g.Group, g.Score!))
                .OrderByDescending(r => metric.ToLoss(r.Value)),
        ];
        return new GroupLayout([.. rows.Take(MaximumRows)], Math.Max(0, rows.Length - MaximumRows), metric, range.From, range.To);
    }

    /// <summary>Finds the ends of a scale that holds all groups with their intervals.</summary>
    public static (double From, double To) FindRange(IEnumerable<GroupScore> groups, MetricInfo metric)
    {
        MetricScore[] scores = [.. groups.SelectMany(g => g.Metrics).Where(m => m.Id == metric.Id && m.Value is not null)];
        double[] ends = [.. scores.SelectMany(s => s.Interval ?? [s.Value!.Value])];
        return ends.Length == 0 ? (0, 1)
            : ends.Max() - ends.Min() < 0.02 ? (ends.Min() - 0.01, ends.Max() + 0.01)
            : (ends.Min(), ends.Max());
    }

    /// <summary>The horizontal position of a value.</summary>
    public double X(double value) => LabelWidth + ((Width - LabelWidth - Right) * (value - From) / (To - From));

    /// <summary>The vertical middle of a row.</summary>
    public static double Y(int row) => Top + (RowHeight * (row + 0.5));

    /// <summary>The name of a group as it is written.</summary>
    public static string NameOf(GroupRow row) => ChartLabel.Fit(row.Name, LabelWidth - 8, TitleSize);
}

/// <summary>A group with its value.</summary>
/// <param name="Group">The group.</param>
/// <param name="Score">Its score.</param>
internal sealed record GroupRow(GroupScore Group, MetricScore Score)
{
    /// <summary>The value.</summary>
    public double Value => Score.Value!.Value;

    /// <summary>The name: the value of the column.</summary>
    public string Name => Group.Value.Length == 0 ? "(none)" : Group.Value;
}

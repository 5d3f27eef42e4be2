using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;

namespace Coos.Web.Leaderboards.Shift;

/// <summary>The layout of the robustness chart (two accuracies on logit axes), in units of its view box.</summary>
internal sealed class RobustnessLayout
{
    public const int Width = 620;
    public const int Height = 480;
    public const int Left = 60;
    public const int Right = 18;
    public const int Top = 36;
    public const int Bottom = 46;

    private const double MinTickSpacing = 34;

    /// <summary>Round accuracies for the ticks of an axis, in percent.</summary>
    private static readonly double[] Round =
    [
        0.01,
        0.1,
        0.5,
        1,
        2,
        5,
        10,
        20,
        30,
        40,
        50,
        60,
        70,
        80,
        85,
        90,
        93,
        95,
        97,
        98,
        99,
        99.5,
        99.8,
        99.9,
        99.95,
        99.98,
        99.99,
    ];

    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;

    public RobustnessLayout(IReadOnlyList<RobustnessPoint> points)
    {
        _x = Range([.. points.Select(p => RobustnessLine.Logit(p.Reference))]);
        _y = Range([.. points.Select(p => RobustnessLine.Logit(p.Shifted))]);
    }

    /// <summary>The ticks of the horizontal axis, as accuracies 0..1.</summary>
    public IEnumerable<double> XTicks => Ticks(_x, Width - Left - Right);

    /// <summary>The ticks of the vertical axis, as accuracies 0..1.</summary>
    public IEnumerable<double> YTicks => Ticks(_y, Height - Top - Bottom);

    /// <summary>The horizontal position of an accuracy on the reference split.</summary>
    public double X(double accuracy) => Left + (Part(RobustnessLine.Logit(accuracy), _x) * (Width - Left - Right));

    /// <summary>The vertical position of an accuracy under shift.</summary>
    public double Y(double accuracy) => Height - Bottom - (Part(RobustnessLine.Logit(accuracy), _y) * (Height - Top - Bottom));

    /// <summary>
    /// The ends of the line logit(shifted) = intercept + slope logit(reference) within the axes; null if it lies outside them.
    /// </summary>
    public (double X1, double Y1, double X2, double Y2)? Line(double slope, double intercept)
    {
        var (low, high) = _x;
        if (slope != 0)
        {
            double[] crossings = [(_y.Low - intercept) / slope, (_y.High - intercept) / slope];
            low = Math.Max(low, crossings.Min());
            high = Math.Min(high, crossings.Max());
        }

        return low < high && (slope != 0 || (intercept >= _y.Low && intercept <= _y.High))
            ? (AtX(low), AtY(intercept + (slope * low)), AtX(high), AtY(intercept + (slope * high)))
            : null;
    }

    /// <summary>Points along that line, close enough to detect whether a text overlaps it.</summary>
    public IReadOnlyList<(double X, double Y)> Along(double slope, double intercept)
    {
        const int Count = 120;
        return Line(slope, intercept) is not { } line
            ? []
            :
            [
                .. Enumerable
                    .Range(0, Count + 1)
                    .Select(i => (double)i / Count)
                    .Select(part => (line.X1 + (part * (line.X2 - line.X1)), line.Y1 + (part * (line.Y2 - line.Y1)))),
            ];
    }

    private double AtX(double logit) => Left + (Part(logit, _x) * (Width - Left - Right));

    private double AtY(double logit) => Height - Bottom - (Part(logit, _y) * (Height - Top - Bottom));

    private static double Part(double value, (double Low, double High) range) => (value - range.Low) / (range.High - range.Low);

    /// <summary>The range of some logits with a margin of at least 0.15, so the range is never too narrow for its ticks.</summary>
    private static (double Low, double High) Range(double[] logits)
    {
        if (logits.Length == 0)
        {
            return (-1, 1);
        }

        var margin = Math.Max(0.08 * (logits.Max() - logits.Min()), 0.15);
        return (logits.Min() - margin, logits.Max() + margin);
    }

    private static IEnumerable<double> Ticks((double Low, double High) range, double pixels)
    {
        var last = double.NegativeInfinity;
        foreach (var accuracy in Round.Select(percent => percent / 100))
        {
            var logit = RobustnessLine.Logit(accuracy);
            var place = Part(logit, range) * pixels;
            if (logit >= range.Low && logit <= range.High && place - last >= MinTickSpacing)
            {
                last = place;
                yield return accuracy;
            }
        }
    }
}

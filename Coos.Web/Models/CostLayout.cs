using System.Globalization;
using Coos.Server.Models;

namespace Coos.Web.Models;

/// <summary>Where the points of the picture of error against cost lie. Costs are on a logarithmic axis.</summary>
internal sealed class CostLayout
{
    /// <summary>The width of the view box.</summary>
    public const int Width = 720;

    /// <summary>The height of the view box.</summary>
    public const int Height = 360;

    /// <summary>The left edge of the plot.</summary>
    public const int Left = 56;

    /// <summary>The right edge of the plot.</summary>
    public const int Right = Width - 16;

    /// <summary>The top edge of the plot.</summary>
    public const int Top = 14;

    /// <summary>The bottom edge of the plot.</summary>
    public const int Bottom = Height - 44;

    private const int MaximumTicks = 6;

    private readonly double _firstCost;
    private readonly double _lastCost;

    private CostLayout(IReadOnlyList<CostPoint> points, double top)
    {
        Points = points;
        HighestLoss = top;

        // Half a power of two of room on each side, so that no point lies on an edge.
        _firstCost = Math.Log10(points.Min(p => p.Cost)) - 0.15;
        _lastCost = Math.Log10(points.Max(p => p.Cost)) + 0.15;
    }

    /// <summary>The points, cheapest first.</summary>
    public IReadOnlyList<CostPoint> Points { get; }

    /// <summary>The loss at the top of the plot.</summary>
    public double HighestLoss { get; }

    /// <summary>Lays out the entries whose cost is known.</summary>
    /// <returns>The layout; null if there is no such entry.</returns>
    public static CostLayout? Create(IReadOnlyList<CostEntry> entries, CostKind kind)
    {
        var front = CostReader.FindFront(entries, kind);
        List<CostPoint> points =
        [
            .. entries
                .Select(e => (Entry: e, Cost: CostReader.CostOf(e.Execution, kind)))
                .Where(e => e.Cost is > 0)
                .Select(e => new CostPoint(e.Entry, e.Cost!.Value, front.Contains(e.Entry.Row.Entry.Id)))
                .OrderBy(p => p.Cost)
                .ThenBy(p => p.Entry.Loss),
        ];
        return points.Count == 0
            ? null
            : new CostLayout(points, Math.Max(0.05, points.Max(p => p.Entry.Row.ScoreInterval?.Upper ?? p.Entry.Loss) * 1.05));
    }

    /// <summary>The horizontal place of a cost.</summary>
    public double X(double cost) => Left + ((Math.Log10(cost) - _firstCost) / (_lastCost - _firstCost) * (Right - Left));

    /// <summary>The vertical place of a loss.</summary>
    public double Y(double loss) => Bottom - (Math.Clamp(loss / HighestLoss, 0, 1) * (Bottom - Top));

    /// <summary>Costs to label: 1, 2 and 5 times powers of ten, or powers only where those are many.</summary>
    public IReadOnlyList<double> CostTicks()
    {
        var decades = Enumerable.Range((int)Math.Floor(_firstCost), (int)(Math.Ceiling(_lastCost) - Math.Floor(_firstCost)) + 1);
        double[] fine = [.. decades.SelectMany(d => (double[])[1, 2, 5], (d, m) => m * Math.Pow(10, d)).Where(IsInside)];
        double[] coarse = [.. decades.Select(d => Math.Pow(10, d)).Where(IsInside)];
        return fine.Length <= MaximumTicks + 2 ? fine : coarse;

        bool IsInside(double cost) => Math.Log10(cost) >= _firstCost && Math.Log10(cost) <= _lastCost;
    }

    /// <summary>The line of the Pareto front: steps down from the cheapest entry.</summary>
    public string FrontPath()
    {
        var path = new System.Text.StringBuilder();
        double? last = null;
        foreach (var point in Points.Where(p => p.IsOnFront))
        {
            var (x, y) = (X(point.Cost), Y(point.Entry.Loss));
            path.Append(CultureInfo.InvariantCulture, $"{(last is null ? 'M' : 'L')}{x:0.#} {last ?? Top:0.#}L{x:0.#} {y:0.#}");
            last = y;
        }

        return last is { } end ? path.Append(CultureInfo.InvariantCulture, $"L{Right} {end:0.#}").ToString() : "";
    }
}

/// <summary>An entry in the picture.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="IsOnFront">Whether no other entry is as good and cheaper, or as cheap and better.</param>
internal sealed record CostPoint(CostEntry Entry, double Cost, bool IsOnFront);

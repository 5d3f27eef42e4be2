using Coos.Shared.Randomness;

namespace Coos.Simulator.Cells;

/// <summary>Draws blobs, rings and filaments on a grid.</summary>
internal static class Brush
{
    private const double Reach = 3;

    /// <summary>Adds a Gaussian blob.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="values">The values of the grid points.</param>
    /// <param name="x">The x coordinate of the centre in micrometres.</param>
    /// <param name="y">The y coordinate of the centre in micrometres.</param>
    /// <param name="sigma">The standard deviation in micrometres.</param>
    /// <param name="peak">The value added at the centre.</param>
    public static void Blob(Grid grid, float[] values, double x, double y, double sigma, double peak)
    {
        var (left, right) = grid.Around(x, Reach * sigma);
        var (top, bottom) = grid.Around(y, Reach * sigma);
        if (left > right || top > bottom)
        {
            return;
        }

        Span<double> across = stackalloc double[right - left + 1];
        for (var i = left; i <= right; i++)
        {
            across[i - left] = Bell(grid.Coordinate(i) - x, sigma);
        }

        for (var j = top; j <= bottom; j++)
        {
            var down = peak * Bell(grid.Coordinate(j) - y, sigma);
            var row = values.AsSpan((j * grid.Size) + left, across.Length);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] += (float)(down * across[i]);
            }
        }
    }

    /// <summary>Adds a ring with a Gaussian rim.</summary>
    public static void Ring(Grid grid, float[] values, double x, double y, double radius, double rimSigma, double peak)
    {
        var reach = radius + (Reach * rimSigma);
        var (left, right) = grid.Around(x, reach);
        var (top, bottom) = grid.Around(y, reach);
        for (var j = top; j <= bottom; j++)
        {
            for (var i = left; i <= right; i++)
            {
                var (dx, dy) = (grid.Coordinate(i) - x, grid.Coordinate(j) - y);
                var fromRim = Math.Sqrt((dx * dx) + (dy * dy)) - radius;
                if (Math.Abs(fromRim) < Reach * rimSigma)
                {
                    values[(j * grid.Size) + i] += (float)(peak * Bell(fromRim, rimSigma));
                }
            }
        }
    }

    /// <summary>Adds a curved filament: a random walk that changes direction at the edge of the allowed region.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="values">The values of the grid points.</param>
    /// <param name="start">The start point in micrometres.</param>
    /// <param name="length">The length in micrometres.</param>
    /// <param name="sigma">The half width in micrometres.</param>
    /// <param name="bend">The change of direction per micrometre, standard deviation of its tangent.</param>
    /// <param name="peak">The brightness.</param>
    /// <param name="allowed">Whether the filament may pass a point.</param>
    /// <param name="random">The random numbers of the path.</param>
    public static void Filament(
        Grid grid,
        float[] values,
        (double X, double Y) start,
        double length,
        double sigma,
        double bend,
        double peak,
        Func<double, double, bool> allowed,
        RandomStream random
    )
    {
        // Blobs at this distance merge into an even line; their sum is 2.5 times their peak.
        var step = sigma;
        var (x, y) = start;
        var direction = random.Direction();
        var wander = bend * Math.Sqrt(step);
        for (var done = 0.0; done < length; done += step)
        {
            Blob(grid, values, x, y, sigma, 0.4 * peak);
            var turn = wander * random.Normal();
            direction = Normalise(direction.X - (turn * direction.Y), direction.Y + (turn * direction.X));
            if (!allowed(x + (step * direction.X), y + (step * direction.Y)))
            {
                direction = random.Direction();
                continue;
            }

            (x, y) = (x + (step * direction.X), y + (step * direction.Y));
        }
    }

    /// <summary>Computes exp(-d^2 / (2 sigma^2)).</summary>
    public static double Bell(double distance, double sigma) => PortableMath.Exp(-0.5 * (distance / sigma) * (distance / sigma));

    private static (double X, double Y) Normalise(double x, double y)
    {
        var length = Math.Sqrt((x * x) + (y * y));
        return (x / length, y / length);
    }
}

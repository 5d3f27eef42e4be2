using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Cells;

/// <summary>One cell on the grid: its outline, its nucleus, and the protein density that a compartment draws.</summary>
internal sealed class CellScene(Grid grid)
{
    private const float NucleusEdge = 0.25f;
    private const float DistanceOutside = 100;

    /// <summary>The grid.</summary>
    public Grid Grid => grid;

    /// <summary>The outline of the cell.</summary>
    public Contour Body { get; private set; } = null!;

    /// <summary>The outline of the nucleus.</summary>
    public Contour Nucleus { get; private set; } = null!;

    /// <summary>1 inside the cell, 0 outside, with a soft edge.</summary>
    public float[] BodyMask { get; } = new float[grid.Length];

    /// <summary>1 inside the nucleus, 0 outside, with a soft edge.</summary>
    public float[] NucleusMask { get; } = new float[grid.Length];

    /// <summary>The thickness of the cell, relative to its centre.</summary>
    public float[] Thickness { get; } = new float[grid.Length];

    /// <summary>The distance to the edge of the nucleus in micrometres, negative inside.</summary>
    public float[] FromNucleus { get; } = new float[grid.Length];

    /// <summary>The protein density, drawn by the compartment.</summary>
    public float[] Density { get; } = new float[grid.Length];

    /// <summary>A buffer for a texture.</summary>
    public float[] Texture { get; } = new float[grid.Length];

    /// <summary>The number of grid points that the cell covers.</summary>
    public int Covered { get; private set; }

    /// <summary>Starts a new cell.</summary>
    public void Place(Contour body, Contour nucleus, CellParameters parameters)
    {
        (Body, Nucleus, Covered) = (body, nucleus, 0);
        Array.Clear(Density);
        for (var j = 0; j < grid.Size; j++)
        {
            var y = grid.Coordinate(j);
            for (var i = 0; i < grid.Size; i++)
            {
                PlacePoint((j * grid.Size) + i, grid.Coordinate(i), y, parameters);
            }
        }
    }

    /// <summary>Whether a point belongs to the cytoplasm.</summary>
    public bool IsCytoplasm(double x, double y) => Body.Depth(x, y) < 0.93 && Nucleus.Depth(x, y) > 1.05;

    /// <summary>Draws a random point of the cytoplasm.</summary>
    public (double X, double Y) PointInCytoplasm(RandomStream random)
    {
        const int Attempts = 200;
        var (x, y) = (Body.X, Body.Y);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            (x, y) = (Body.X + random.Uniform(-Body.MaxRadius, Body.MaxRadius), Body.Y + random.Uniform(-Body.MaxRadius, Body.MaxRadius));
            if (IsCytoplasm(x, y))
            {
                break;
            }
        }

        return (x, y);
    }

    private void PlacePoint(int point, double x, double y, CellParameters parameters)
    {
        var (dx, dy) = (x - Body.X, y - Body.Y);
        if ((dx * dx) + (dy * dy) > Body.MaxRadius * Body.MaxRadius)
        {
            (FromNucleus[point], NucleusMask[point], BodyMask[point], Thickness[point]) = (DistanceOutside, 0, 0, 0);
            return;
        }

        var depth = (float)Body.Depth(x, y);
        var inNucleus = (float)Nucleus.Depth(x, y);
        var edge = (float)(parameters.EdgeWidth / Body.Radius);
        FromNucleus[point] = (inNucleus - 1) * (float)Nucleus.Radius;
        NucleusMask[point] = Math.Clamp(0.5f - (FromNucleus[point] / NucleusEdge), 0, 1);
        BodyMask[point] = Math.Clamp((1 - depth) / edge, 0, 1);
        Thickness[point] = depth < 1 ? MathF.Sqrt(1 - (depth * depth)) : 0;
        Covered += depth < 1 ? 1 : 0;
    }
}

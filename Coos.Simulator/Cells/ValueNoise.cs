using Coos.Shared.Randomness;

namespace Coos.Simulator.Cells;

/// <summary>A smooth random texture: normal numbers on a coarse lattice, interpolated.</summary>
internal static class ValueNoise
{
    /// <summary>Fills a grid with noise of mean 0 and a standard deviation slightly below 1.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="values">The values of the grid points, overwritten.</param>
    /// <param name="scale">The spacing of the lattice in micrometres.</param>
    /// <param name="random">The random numbers of the lattice.</param>
    public static void Fill(Grid grid, float[] values, double scale, RandomStream random)
    {
        var perPoint = grid.Spacing / scale;
        var nodes = (int)(grid.Size * perPoint) + 3;
        var lattice = new float[nodes * nodes];
        for (var i = 0; i < lattice.Length; i++)
        {
            lattice[i] = (float)random.Normal();
        }

        // Starts at a random offset, so that the lattice is not at the same position in every image.
        var (originX, originY) = (random.Uniform(), random.Uniform());
        var weights = new float[grid.Size];
        var columns = new int[grid.Size];
        for (var i = 0; i < grid.Size; i++)
        {
            (columns[i], weights[i]) = Locate(originX + (i * perPoint));
        }

        for (var j = 0; j < grid.Size; j++)
        {
            var (row, weight) = Locate(originY + (j * perPoint));
            var upper = lattice.AsSpan(row * nodes, nodes);
            var lower = lattice.AsSpan((row + 1) * nodes, nodes);
            var target = values.AsSpan(j * grid.Size, grid.Size);
            for (var i = 0; i < target.Length; i++)
            {
                var c = columns[i];
                var left = upper[c] + (weight * (lower[c] - upper[c]));
                var right = upper[c + 1] + (weight * (lower[c + 1] - upper[c + 1]));
                target[i] = left + (weights[i] * (right - left));
            }
        }
    }

    /// <summary>Finds the node before a position, and the smoothed weight of the next node.</summary>
    private static (int Node, float Weight) Locate(double position)
    {
        var node = (int)position;
        var t = position - node;
        return (node, (float)(t * t * (3 - (2 * t))));
    }
}

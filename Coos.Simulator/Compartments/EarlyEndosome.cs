using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws few, large puncta, some of them as rings; denser near the nucleus.</summary>
internal sealed class EarlyEndosome : Compartment
{
    private const double RimWidth = 0.15;

    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        var count = 4 + random.Poisson(parameters.Endosomes - 4);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = PointNearNucleus(scene, random);
            var radius = random.LogNormal(parameters.EndosomeRadius, parameters.EndosomeRadiusSigma);
            var peak = random.LogNormal(1, parameters.PunctumSigma);
            if (random.Uniform() < parameters.EndosomeRings)
            {
                Brush.Ring(scene.Grid, scene.Density, x, y, radius, RimWidth, peak);
            }
            else
            {
                Brush.Blob(scene.Grid, scene.Density, x, y, 0.7 * radius, peak);
            }
        }
    }

    /// <summary>Draws two points and returns the one nearer to the nucleus.</summary>
    private static (double X, double Y) PointNearNucleus(CellScene scene, RandomStream random)
    {
        var a = scene.PointInCytoplasm(random);
        var b = scene.PointInCytoplasm(random);
        return scene.Nucleus.Depth(a.X, a.Y) < scene.Nucleus.Depth(b.X, b.Y) ? a : b;
    }
}

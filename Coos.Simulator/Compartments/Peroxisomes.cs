using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws many small puncta, spread over the cytoplasm.</summary>
internal sealed class Peroxisomes : Compartment
{
    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        var count = 8 + random.Poisson(parameters.Peroxisomes - 8);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = scene.PointInCytoplasm(random);
            Brush.Blob(scene.Grid, scene.Density, x, y, parameters.PeroxisomeRadius, random.LogNormal(1, parameters.PunctumSigma));
        }
    }
}

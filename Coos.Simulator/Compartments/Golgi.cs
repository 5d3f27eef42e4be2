using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws a few short stacks and puncta, clustered on one side of the nucleus.</summary>
internal sealed class Golgi : Compartment
{
    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        var side = random.Direction();
        var distance = scene.Nucleus.Radius + parameters.GolgiDistance;
        var (x, y) = (scene.Nucleus.X + (distance * side.X), scene.Nucleus.Y + (distance * side.Y));
        var count = 3 + random.Poisson(parameters.GolgiElements - 3);
        for (var i = 0; i < count; i++)
        {
            // The spread along the edge of the nucleus is about twice that away from it, as in ribbons.
            var along = 1.4 * parameters.GolgiSpread * random.Normal();
            var away = 0.6 * parameters.GolgiSpread * random.Normal();
            var start = (X: x + (away * side.X) - (along * side.Y), Y: y + (away * side.Y) + (along * side.X));
            if (scene.Nucleus.Depth(start.X, start.Y) < 1)
            {
                continue;
            }

            var length = random.Uniform(0, parameters.GolgiStackLength);
            var peak = random.LogNormal(1, parameters.PunctumSigma);
            Brush.Filament(
                scene.Grid,
                scene.Density,
                start,
                length,
                parameters.GolgiWidth,
                parameters.FilamentBend,
                peak,
                scene.IsCytoplasm,
                random
            );
        }

        // One stack is always drawn, so that no Golgi cell is empty.
        Brush.Blob(scene.Grid, scene.Density, x, y, 1.5 * parameters.GolgiWidth, 1);
    }
}

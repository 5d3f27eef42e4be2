using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws curved filaments through the cytoplasm.</summary>
internal sealed class InnerMitochondrialMembrane : Compartment
{
    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        var count = 4 + random.Poisson(parameters.Mitochondria - 4);
        for (var i = 0; i < count; i++)
        {
            var start = scene.PointInCytoplasm(random);
            var length = random.LogNormal(parameters.MitochondrionLength, parameters.MitochondrionLengthSigma);
            var peak = random.LogNormal(1, 0.6 * parameters.PunctumSigma);
            Brush.Filament(
                scene.Grid,
                scene.Density,
                start,
                length,
                parameters.MitochondrionWidth,
                parameters.FilamentBend,
                peak,
                scene.IsCytoplasm,
                random
            );
        }
    }
}

using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws a ring at the edge of the nucleus, its faint top and bottom, and folds.</summary>
internal sealed class NuclearEnvelope : Compartment
{
    private const double TextureScale = 1.2;
    private const double TextureContrast = 0.2;
    private const double FoldBend = 0.25;

    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        ValueNoise.Fill(scene.Grid, scene.Texture, TextureScale, random);
        var width = parameters.EnvelopeWidth;
        for (var i = 0; i < scene.Density.Length; i++)
        {
            var distance = scene.FromNucleus[i];
            if (distance > 3 * width)
            {
                continue;
            }

            var rim = distance > -3 * width ? Brush.Bell(distance, width) : 0;
            var face = parameters.EnvelopeFace * scene.NucleusMask[i];
            scene.Density[i] += (float)(Math.Max(0, 1 + (TextureContrast * scene.Texture[i])) * (rim + face));
        }

        var folds = random.Poisson(parameters.EnvelopeFolds);
        for (var i = 0; i < folds; i++)
        {
            var side = random.Direction();
            var distance = 0.9 * scene.Nucleus.Radius;
            var start = (scene.Nucleus.X + (distance * side.X), scene.Nucleus.Y + (distance * side.Y));
            Brush.Filament(
                scene.Grid,
                scene.Density,
                start,
                random.Uniform(1, 1.6 * scene.Nucleus.Radius),
                width,
                FoldBend,
                0.6,
                (x, y) => scene.Nucleus.Depth(x, y) < 0.95,
                random
            );
        }
    }
}

using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws a diffuse density outside the nucleus, with holes for vacuoles and organelles.</summary>
internal sealed class Cytosol : Compartment
{
    private const double TextureScale = 1.8;
    private const float TextureContrast = 0.12f;

    /// <inheritdoc />
    public override bool IsMislocalised => false;

    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        ValueNoise.Fill(scene.Grid, scene.Texture, TextureScale, random);
        for (var i = 0; i < scene.Texture.Length; i++)
        {
            scene.Texture[i] = 1 + (TextureContrast * scene.Texture[i]);
        }

        var holes = random.Poisson(parameters.CytosolHoles);
        for (var i = 0; i < holes; i++)
        {
            var (x, y) = scene.PointInCytoplasm(random);
            var radius = random.LogNormal(parameters.CytosolHoleRadius, 0.3);
            Brush.Blob(scene.Grid, scene.Texture, x, y, radius, -random.Uniform(0.3, 0.8));
        }

        for (var i = 0; i < scene.Density.Length; i++)
        {
            scene.Density[i] += Math.Max(0, scene.Texture[i]) * Diffuse(scene, i, parameters);
        }
    }

    /// <summary>The density of a diffuse protein: proportional to the thickness of the cell, and lower in the nucleus.</summary>
    public static float Diffuse(CellScene scene, int point, CompartmentParameters parameters) =>
        scene.BodyMask[point] * scene.Thickness[point] * (1 - ((1 - (float)parameters.CytosolInNucleus) * scene.NucleusMask[point]));
}

using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>Draws sheets around the nucleus that turn into a network of tubules, and the nuclear envelope.</summary>
internal sealed class EndoplasmicReticulum : Compartment
{
    private const double EnvelopeWidth = 0.25;
    private const float RidgeWidth = 0.36f;

    /// <inheritdoc />
    public override void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random)
    {
        // The network is where a smooth random texture crosses zero, along lines that form meshes.
        ValueNoise.Fill(scene.Grid, scene.Texture, parameters.ErMesh, random);
        for (var i = 0; i < scene.Density.Length; i++)
        {
            var distance = scene.FromNucleus[i];
            if (scene.BodyMask[i] == 0 || distance < -1)
            {
                continue;
            }

            var ridge = Math.Max(0, 1 - (Math.Abs(scene.Texture[i]) / RidgeWidth));
            var near = PortableMath.Exp(-Math.Max(distance, 0) / parameters.ErReach);
            var cytoplasm = scene.BodyMask[i] * (1 - scene.NucleusMask[i]) * (0.35 + (0.65 * near));
            var envelope = Math.Abs(distance) < 3 * EnvelopeWidth ? parameters.ErEnvelope * Brush.Bell(distance, EnvelopeWidth) : 0;
            scene.Density[i] += (float)((cytoplasm * ((parameters.ErSheet * near) + ridge)) + envelope);
        }
    }
}

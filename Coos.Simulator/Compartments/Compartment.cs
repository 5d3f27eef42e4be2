using Coos.Shared.Randomness;
using Coos.Simulator.Cells;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Compartments;

/// <summary>One of the seven compartments, which draws the location of its protein in a cell.</summary>
internal abstract class Compartment
{
    /// <summary>The compartments in the order of the classes.</summary>
    public static IReadOnlyList<Compartment> All { get; } =
    [
        new EndoplasmicReticulum(),
        new InnerMitochondrialMembrane(),
        new Golgi(),
        new Peroxisomes(),
        new EarlyEndosome(),
        new Cytosol(),
        new NuclearEnvelope(),
    ];

    /// <summary>Whether some of the protein stays in the cytosol.</summary>
    public virtual bool IsMislocalised => true;

    /// <summary>Adds to the density of the scene's cell, in arbitrary units; the brightness is set afterwards.</summary>
    public abstract void Draw(CellScene scene, CompartmentParameters parameters, RandomStream random);
}

using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;
using Coos.Simulator.Randomness;

namespace Coos.Simulator.Design;

/// <summary>The effects of a well, its plate and the day on all images of the well.</summary>
/// <param name="Protein">The factor applied to the expression.</param>
/// <param name="Nucleus">The factor applied to the dye.</param>
/// <param name="Background">The factor applied to the background.</param>
/// <param name="Defocus">The factor applied to the blur.</param>
/// <param name="Shift">The shift, for cell size and mislocalisation.</param>
internal sealed record Conditions(double Protein, double Nucleus, double Background, double Defocus, ShiftParameters Shift)
{
    /// <summary>Draws the conditions of a well, which do not depend on the set.</summary>
    public static Conditions Draw(VariationParameters variation, ShiftParameters day, WellSite site, ulong seed)
    {
        var plate = new RandomStream(seed, StreamPurpose.Plate, (ulong)site.Plate);
        var well = new RandomStream(seed, StreamPurpose.Well, (ulong)site.Number);
        var shift = site.IsBorder ? day.With(variation.Border) : day;
        return new Conditions(
            shift.Protein * Both(variation.ProteinPlateSigma, variation.ProteinWellSigma),
            shift.Nucleus * Both(variation.NucleusPlateSigma, variation.NucleusWellSigma),
            shift.Background * Both(variation.BackgroundPlateSigma, variation.BackgroundWellSigma),
            shift.Defocus * Both(variation.DefocusPlateSigma, variation.DefocusWellSigma),
            shift
        );

        double Both(double plateSigma, double wellSigma) => plate.LogNormal(1, plateSigma) * well.LogNormal(1, wellSigma);
    }
}

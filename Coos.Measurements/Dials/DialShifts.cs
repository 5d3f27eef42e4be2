using System.Globalization;
using Coos.Measurements.Statistics;
using Coos.Models.Dials;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Dials;

/// <summary>What the shifted sets of coos-sim differ by from training, in the units of the dials; from the simulator's parameters.</summary>
internal static class DialShifts
{
    /// <summary>Prints the table: the median cell of each set, in its first channel.</summary>
    public static void Print(DialScale scale)
    {
        var simulation = new SimulationParameters();
        var day = simulation.Design.Splits.Single(s => s.Name == "test3").Shift;
        Console.WriteLine();
        CoverageMeasurement.WriteHeader("dial", "Test2", "Test3", "Test3, border", "Test4", "last level");
        var same = new ShiftParameters();
        (MicroscopeParameters Optics, ShiftParameters Shift)[] sets =
        [
            (simulation.Microscope, simulation.Variation.Border),
            (simulation.Microscope, day),
            (simulation.Microscope, day.With(simulation.Variation.Border)),
            (simulation.OtherMicroscope, same),
        ];
        var none = (simulation.Microscope, same);
        Write(ShiftDials.Defocus, s => Defocus(simulation, none, s));
        Write(ShiftDials.PhotonNoise, s => 1 / Noise(simulation, none, s, scale));
        Write(ShiftDials.Background, s => 100 * (Dark(s) - Dark(none)) / scale.Width(0));
        Write(ShiftDials.Gain, s => Brightness(s) / Brightness(none));
        Write(ShiftDials.IlluminationGradient, s => 100 * Gradient(simulation, s.Optics));
        Write(ShiftDials.PixelSize, s => s.Optics.PixelSize / none.Microscope.PixelSize / s.Shift.CellRadius);

        void Write(Dial dial, Func<(MicroscopeParameters Optics, ShiftParameters Shift), double> compute) =>
            CoverageMeasurement.WriteRow([
                $"{dial.Name}, {dial.Unit}",
                .. sets.Select(s => compute(s).ToString("0.00", CultureInfo.InvariantCulture)),
                dial.Levels[^1].Text,
            ]);
    }

    /// <summary>The blur that is added to that of training, in training pixels.</summary>
    private static double Defocus(
        SimulationParameters simulation,
        (MicroscopeParameters Optics, ShiftParameters Shift) none,
        (MicroscopeParameters Optics, ShiftParameters Shift) set
    ) => Math.Sqrt(Math.Max(0, Variance(set) - Variance(none))) / none.Optics.PixelSize;

    private static double Variance((MicroscopeParameters Optics, ShiftParameters Shift) set)
    {
        var focus = set.Optics.PointSpreadFactor * set.Optics.ProteinWavelength / set.Optics.NumericalAperture;
        var defocus = new VariationParameters().Defocus * set.Shift.Defocus;
        return (focus * focus) + (defocus * defocus);
    }

    /// <summary>
    /// The grey levels per photon that would add to training's noise, relative to its signal, what the set has more: the reciprocal of the
    /// dial's strength. Of the mean light of the median cell.
    /// </summary>
    private static double Noise(
        SimulationParameters simulation,
        (MicroscopeParameters Optics, ShiftParameters Shift) none,
        (MicroscopeParameters Optics, ShiftParameters Shift) set,
        DialScale scale
    )
    {
        // Electrons of training per grey level of the dial; a variance of v electrons² over a signal of s electrons is one of v / s per photon.
        var electrons = scale.Width(0) / 255.0 / none.Optics.Gain;
        var signal = simulation.Variation.Protein;
        var added = RelativeVariance(simulation, set) - RelativeVariance(simulation, none);
        return added * signal / electrons;
    }

    private static double RelativeVariance(SimulationParameters simulation, (MicroscopeParameters Optics, ShiftParameters Shift) set)
    {
        var signal = simulation.Variation.Protein * set.Shift.Protein * set.Optics.Transmission;
        var background = set.Optics.Background * set.Shift.Background;
        return (signal + background + (set.Optics.ReadNoise * set.Optics.ReadNoise)) / (signal * signal);
    }

    /// <summary>The value of a pixel without cells, in grey levels.</summary>
    private static double Dark((MicroscopeParameters Optics, ShiftParameters Shift) set) =>
        set.Optics.Offset + (set.Optics.Gain * set.Optics.Background * set.Shift.Background);

    /// <summary>Grey levels per expressed protein.</summary>
    private static double Brightness((MicroscopeParameters Optics, ShiftParameters Shift) set) =>
        set.Optics.Gain * set.Optics.Transmission * set.Shift.Protein;

    /// <summary>The largest difference of illumination across a crop: along the diagonal, in a corner of the field.</summary>
    private static double Gradient(SimulationParameters simulation, MicroscopeParameters optics)
    {
        var half = optics.FieldSize / 2;
        var (outer, inner) = (Light(half), Light(half - simulation.ImageSize));
        return (inner - outer) / ((inner + outer) / 2);

        double Light(double side) => 1 - (optics.VignettingDepth * side * side / (half * half));
    }
}

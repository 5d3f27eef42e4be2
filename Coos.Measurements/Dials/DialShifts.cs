using System.Globalization;
using Coos.Measurements.Statistics;
using Coos.Models.Dials;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Dials;

/// <summary>
/// What the shifted sets of coos-sim differ by from training, in the units of the dials: the median cell in its first channel, from the
/// simulator's parameters.
/// </summary>
internal sealed class DialShifts(DialScale scale)
{
    private readonly SimulationParameters _simulation = new();

    private ShiftParameters Day => _simulation.Design.Splits.Single(s => s.Name == "test3").Shift;

    private ImagingConditions Same => new(_simulation.Microscope, new ShiftParameters());

    /// <summary>The conditions of a set, with their shares of its wells.</summary>
    /// <param name="split">The name of the set.</param>
    public IReadOnlyList<(double Share, ImagingConditions Conditions)> Find(string split)
    {
        var design = _simulation.Design;
        var border = design.BorderWells / (double)(design.InnerWells + design.BorderWells);
        var (optics, shift) = split switch
        {
            "test3" => (_simulation.Microscope, Day),
            "test4" => (_simulation.OtherMicroscope, new ShiftParameters()),
            _ => (_simulation.Microscope, new ShiftParameters()),
        };
        var atBorder = new ImagingConditions(optics, shift.With(_simulation.Variation.Border));
        return split switch
        {
            "test1" => [(1, Same)],
            "test2" => [(1, atBorder)],
            _ => [(1 - border, new ImagingConditions(optics, shift)), (border, atBorder)],
        };
    }

    /// <summary>Prints the table.</summary>
    public void Print()
    {
        var border = _simulation.Variation.Border;
        ImagingConditions[] sets =
        [
            new(_simulation.Microscope, border),
            new(_simulation.Microscope, Day),
            new(_simulation.Microscope, Day.With(border)),
            new(_simulation.OtherMicroscope, new ShiftParameters()),
            new(_simulation.OtherMicroscope, border),
        ];
        Console.WriteLine();
        CoverageMeasurement.WriteHeader("dial", "Test2", "Test3", "Test3, border", "Test4", "Test4, border", "last level");
        foreach (var dial in ShiftDials.All.Where(d => d.IsOrdered))
        {
            CoverageMeasurement.WriteRow([
                $"{dial.Name}, {dial.Unit}",
                .. sets.Select(s => dial.FindStrength(Measure(dial, s))?.ToString("0.00", CultureInfo.InvariantCulture) ?? "none"),
                dial.Levels[^1].Text,
            ]);
        }
    }

    /// <summary>The amount of a dial that the conditions are away from those of training; not below 0.</summary>
    public double Measure(Dial dial, ImagingConditions set) =>
        Math.Max(
            0,
            dial.Name switch
            {
                "defocus" => Math.Sqrt(Math.Max(0, PointSpread(set) - PointSpread(Same))) / Same.Optics.PixelSize,
                "photonNoise" => Noise(set),
                "background" => 100 * (Dark(set) - Dark(Same)) / scale.Width(0),
                "gain" => 1 - (Brightness(set) / Brightness(Same)),
                "illuminationGradient" => 100 * (Gradient(set.Optics) - Gradient(Same.Optics)),
                "pixelSize" => (set.Optics.PixelSize / Same.Optics.PixelSize / set.Shift.CellRadius) - 1,
                _ => 0,
            }
        );

    /// <summary>The variance of the point spread in micrometres².</summary>
    private double PointSpread(ImagingConditions set)
    {
        var focus = set.Optics.PointSpreadFactor * set.Optics.ProteinWavelength / set.Optics.NumericalAperture;
        var defocus = _simulation.Variation.Defocus * set.Shift.Defocus;
        return (focus * focus) + (defocus * defocus);
    }

    /// <summary>
    /// The grey levels per photon that would add to training's noise, relative to its signal, what the set has more. Of the mean light of
    /// the median cell.
    /// </summary>
    private double Noise(ImagingConditions set)
    {
        // A variance of v electrons² over a signal of s electrons is one of v / s electrons per photon.
        var electronsPerLevel = scale.Width(0) / 255.0 / Same.Optics.Gain;
        return (RelativeVariance(set) - RelativeVariance(Same)) * _simulation.Variation.Protein / electronsPerLevel;
    }

    private double RelativeVariance(ImagingConditions set)
    {
        var signal = _simulation.Variation.Protein * set.Shift.Protein * set.Optics.Transmission;
        var background = set.Optics.Background * set.Shift.Background;
        return (signal + background + (set.Optics.ReadNoise * set.Optics.ReadNoise)) / (signal * signal);
    }

    /// <summary>The value of a pixel without cells.</summary>
    private static double Dark(ImagingConditions set) =>
        set.Optics.Offset + (set.Optics.Gain * set.Optics.Background * set.Shift.Background);

    /// <summary>The value per expressed protein.</summary>
    private static double Brightness(ImagingConditions set) => set.Optics.Gain * set.Optics.Transmission * set.Shift.Protein;

    /// <summary>The largest difference of illumination across a crop: along its diagonal, in a corner of the field.</summary>
    private double Gradient(MicroscopeParameters optics)
    {
        var half = optics.FieldSize / 2;
        var (outer, inner) = (Light(half), Light(half - _simulation.ImageSize));
        return (inner - outer) / ((inner + outer) / 2);

        double Light(double side) => 1 - (optics.VignettingDepth * side * side / (half * half));
    }
}

/// <summary>The microscope and the shift of some wells.</summary>
/// <param name="Optics">The microscope.</param>
/// <param name="Shift">The shift.</param>
internal sealed record ImagingConditions(MicroscopeParameters Optics, ShiftParameters Shift);

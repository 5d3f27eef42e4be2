using System.Globalization;
using Coos.Models.Dials.Changes;
using Coos.Shared.Datasets;

namespace Coos.Models.Dials;

/// <summary>
/// The shift dials: controlled changes of the reference split's images in the units of the instrument. docs/dials.md has the sources
/// of the strengths. A change of a name, a strength or a computation needs a new <see cref="Version"/>.
/// </summary>
public static class ShiftDials
{
    /// <summary>The version of what the dials do. Predictions of another version are of other images.</summary>
    public const int Version = 1;

    /// <summary>The number of levels of each dial, with the one that changes nothing.</summary>
    public const int LevelCount = 5;

    /// <summary>The side of the smallest images that the dials can change, in pixels.</summary>
    public const int MinimumSide = 8;

    /// <summary>The seed of noise and of directions.</summary>
    internal const ulong Seed = 20_261;

    /// <summary>The name of <see cref="Unchanged"/>.</summary>
    public const string UnchangedName = "none";

    /// <summary>Defocus: a Gaussian blur.</summary>
    public static Dial Defocus { get; } =
        Measured(
            "defocus",
            "Defocus",
            "pixels",
            "A Gaussian point spread of this standard deviation.",
            "none",
            [0.25, 0.5, 1, 1.5],
            s => $"{Write(s)} px",
            s => s,
            a => a
        );

    /// <summary>Photon noise: fewer photons per grey level.</summary>
    public static Dial PhotonNoise { get; } =
        Measured(
            "photonNoise",
            "Photon noise",
            "photons per grey level",
            "Counts photons again, at this number of photons per grey level; a grey level is 1/255 of the window of the channel.",
            null,
            [4, 2, 1, 0.5],
            s => $"{Write(s)} photons/level",
            s => 1 / s,
            a => a > 0 ? 1 / a : null
        );

    /// <summary>Background: a constant that is added.</summary>
    public static Dial Background { get; } =
        Measured(
            "background",
            "Background",
            "percent of the window",
            "Adds this percentage of the window of the channel to every pixel.",
            "none",
            [2.5, 5, 10, 20],
            s => $"+{Write(s)}%",
            s => s,
            a => a
        );

    /// <summary>Gain: less light or amplification.</summary>
    public static Dial Gain { get; } =
        Measured(
            "gain",
            "Gain",
            "times",
            "Multiplies what is above the low end of the window of the channel.",
            "none",
            [0.75, 0.5, 0.35, 0.25],
            s => $"\u00d7{Write(s)}",
            s => 1 - s,
            a => 1 - a,
            none: 1
        );

    /// <summary>Illumination gradient: one side is brighter than the other.</summary>
    public static Dial IlluminationGradient { get; } =
        Measured(
            "illuminationGradient",
            "Illumination gradient",
            "percent across the image",
            "Illuminates one side more than the other by this percentage of the mean, in a direction that is drawn for each image.",
            "none",
            [5, 10, 20, 40],
            s => $"{Write(s)}%",
            s => s,
            a => a
        );

    /// <summary>Pixel size: larger pixels, so everything looks smaller.</summary>
    public static Dial PixelSize { get; } =
        Measured(
            "pixelSize",
            "Pixel size",
            "times",
            "Pixels that are larger by this factor, so that everything is smaller; the surroundings are reflected.",
            "none",
            [1.05, 1.1, 1.2, 1.3],
            s => $"\u00d7{Write(s)}",
            s => s - 1,
            a => 1 + a,
            none: 1
        );

    /// <summary>Rotation: by 90, 180 and 270 degrees counter-clockwise, and mirrored left to right.</summary>
    public static Dial Rotation { get; } =
        new(
            "rotation",
            "Rotation",
            "degrees",
            "Turns the image counter-clockwise, or mirrors it left to right. No pixel changes its value.",
            [
                new(0, 0, 0, "none"),
                new(1, 90, 1, "90\u00b0"),
                new(2, 180, 2, "180\u00b0"),
                new(3, 270, 3, "270\u00b0"),
                new(4, null, 4, "mirrored"),
            ]
        )
        {
            IsOrdered = false,
        };

    /// <summary>All dials, in the order of pages.</summary>
    public static IReadOnlyList<Dial> All { get; } = [Defocus, PhotonNoise, Background, Gain, IlluminationGradient, PixelSize, Rotation];

    /// <summary>
    /// The images as they are: level 0 of every dial, which is run once. Its dial is named <see cref="UnchangedName"/>, and has no other
    /// level.
    /// </summary>
    public static DialStep Unchanged { get; } = CreateUnchanged();

    /// <summary>Finds a dial by its name; null if there is none.</summary>
    public static Dial? Find(string name) => All.FirstOrDefault(d => d.Name == name);

    /// <summary>
    /// Lists what is run for images of a size: the images as they are, then each dial at each other level. Images that are not square
    /// are not turned by 90 and 270 degrees, since that would change their size.
    /// </summary>
    /// <param name="height">H, in pixels.</param>
    /// <param name="width">W, in pixels.</param>
    /// <returns>None if the images are smaller than <see cref="MinimumSide"/>.</returns>
    public static IReadOnlyList<DialStep> List(int height, int width) =>
        Math.Min(height, width) < MinimumSide
            ? []
            :
            [
                Unchanged,
                .. from dial in All
                from level in dial.Levels.Skip(1)
                where height == width || dial != Rotation || level.Index is not (1 or 3)
                select new DialStep(dial, level),
            ];

    /// <summary>Creates the change of a dial at a level.</summary>
    /// <param name="step">The dial and its level.</param>
    /// <param name="scale">The windows of the channels of the reference split.</param>
    /// <param name="shape">The shape of an image; the number of images does not matter.</param>
    /// <param name="bits">The bits per sample, 8..16.</param>
    /// <exception cref="ArgumentException">
    /// The scale has other channels, or <see cref="List"/> has no such step for images of this size.
    /// </exception>
    public static IImageChange Create(DialStep step, DialScale scale, ImageShape shape, int bits)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 16);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scale.Channels, shape.Channels);
        if (step.Level.Index > 0 && !List(shape.Height, shape.Width).Contains(step))
        {
            throw new ArgumentException($"{step.Dial.Name} has no level {step.Level.Index} for images of {shape}", nameof(step));
        }

        var image = new ChangedImage(shape, bits);
        var strength = step.Level.Strength ?? 0;
        return step.Level.Index == 0 ? new CopyChange(image)
            : step.Dial == Defocus ? new DefocusChange(image, strength)
            : step.Dial == PhotonNoise ? new PhotonNoiseChange(image, scale, strength, step.Level.Index)
            : step.Dial == Background ? LinearChange.Add(image, scale, strength / 100)
            : step.Dial == Gain ? LinearChange.Multiply(image, scale, strength)
            : step.Dial == IlluminationGradient ? new GradientChange(image, scale, strength / 100)
            : step.Dial == PixelSize ? new PixelSizeChange(image, strength)
            : new RotationChange(image, step.Level.Index);
    }

    /// <summary>Creates a dial with a number for each level.</summary>
    /// <param name="name">The name in the API.</param>
    /// <param name="title">The name on pages.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="description">What it does.</param>
    /// <param name="zero">What level 0 is called if it has a strength; null if no number describes it.</param>
    /// <param name="strengths">The strengths of the other levels.</param>
    /// <param name="write">Writes a strength with its unit.</param>
    /// <param name="amountOf">The amount of a strength.</param>
    /// <param name="strengthOf">The strength of an amount.</param>
    /// <param name="none">The strength of level 0.</param>
    private static Dial Measured(
        string name,
        string title,
        string unit,
        string description,
        string? zero,
        double[] strengths,
        Func<double, string> write,
        Func<double, double> amountOf,
        Func<double, double?> strengthOf,
        double none = 0
    ) =>
        new(
            name,
            title,
            unit,
            description,
            [
                new DialLevel(0, zero is null ? null : none, 0, "none"),
                .. strengths.Select((s, i) => new DialLevel(i + 1, s, amountOf(s), write(s))),
            ]
        )
        {
            StrengthOf = strengthOf,
        };

    private static DialStep CreateUnchanged()
    {
        var level = new DialLevel(0, 0, 0, "none");
        return new DialStep(new Dial(UnchangedName, "Unchanged", "", "The images as they are.", [level]), level);
    }

    private static string Write(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

namespace Coos.Simulator.Parameters;

/// <summary>One microscope and its camera.</summary>
public sealed record MicroscopeParameters
{
    /// <summary>The numerical aperture of the objective.</summary>
    public double NumericalAperture { get; init; } = 0.9;

    /// <summary>The emission wavelength of the protein's label in micrometres.</summary>
    public double ProteinWavelength { get; init; } = 0.525;

    /// <summary>The emission wavelength of the nuclear dye in micrometres.</summary>
    public double NucleusWavelength { get; init; } = 0.69;

    /// <summary>The side of a pixel in the specimen in micrometres: camera pixel x binning / magnification.</summary>
    public double PixelSize { get; init; } = 0.32;

    /// <summary>
    /// The standard deviation of the Gaussian that fits the in-focus point spread, in units of wavelength / NA:
    /// sqrt(2) / (2 pi) for the paraxial 2-D model (Zhang, Zerubia and Olivo-Marin 2007, widefield; a pinhole only narrows it).
    /// </summary>
    public double PointSpreadFactor { get; init; } = 0.2251;

    /// <summary>The share of the light that is out of focus despite the pinholes, 0..1.</summary>
    public double HazeFraction { get; init; } = 0.2;

    /// <summary>The standard deviation of the spread of that light in micrometres.</summary>
    public double HazeWidth { get; init; } = 1.3;

    /// <summary>The brightness relative to the first microscope: illumination, transmission, quantum efficiency.</summary>
    public double Transmission { get; init; } = 1;

    /// <summary>The light of medium, plastic and autofluorescence in photo-electrons per pixel.</summary>
    public double Background { get; init; } = 7;

    /// <summary>The decrease of light in the corner of the field relative to its centre, 0..1.</summary>
    public double VignettingDepth { get; init; } = 0.12;

    /// <summary>The side of the camera's field in pixels; a cell can be anywhere in it.</summary>
    public double FieldSize { get; init; } = 680;

    /// <summary>The gain in camera units per photo-electron.</summary>
    public double Gain { get; init; } = 3.2;

    /// <summary>The value without light in camera units.</summary>
    public double Offset { get; init; } = 110;

    /// <summary>The standard deviation of the noise without light in photo-electrons.</summary>
    public double ReadNoise { get; init; } = 3.5;
}

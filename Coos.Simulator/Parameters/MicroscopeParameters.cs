namespace Coos.Simulator.Parameters;

/// <summary>One microscope and its camera.</summary>
public sealed record MicroscopeParameters
{
    /// <summary>The numerical aperture of the objective.</summary>
    public double NumericalAperture { get; init; } = 0.9;

    /// <summary>The wavelength at which the protein's label shines, micrometres.</summary>
    public double ProteinWavelength { get; init; } = 0.525;

    /// <summary>The wavelength at which the nuclear dye shines, micrometres.</summary>
    public double NucleusWavelength { get; init; } = 0.69;

    /// <summary>The side of a pixel in the specimen, micrometres: camera pixel x binning / magnification.</summary>
    public double PixelSize { get; init; } = 0.32;

    /// <summary>
    /// The standard deviation of the Gaussian that fits the in-focus point spread, in units of wavelength / NA:
    /// sqrt(2) / (2 pi) for the paraxial 2-D model (Zhang, Zerubia and Olivo-Marin 2007, widefield; a pinhole only narrows it).
    /// </summary>
    public double PointSpreadFactor { get; init; } = 0.2251;

    /// <summary>The part of the light that comes from out of focus in spite of the pinholes, 0..1.</summary>
    public double HazeFraction { get; init; } = 0.2;

    /// <summary>The standard deviation of that light's spread, micrometres.</summary>
    public double HazeWidth { get; init; } = 1.3;

    /// <summary>The brightness of the same specimen relative to the first microscope: illumination, transmission, quantum efficiency.</summary>
    public double Transmission { get; init; } = 1;

    /// <summary>Light of medium, plastic and cells' own fluorescence, photo-electrons a pixel.</summary>
    public double Background { get; init; } = 7;

    /// <summary>How much darker the corner of the field is than its centre, 0..1.</summary>
    public double VignettingDepth { get; init; } = 0.12;

    /// <summary>The side of the camera's field, pixels; a cell lies anywhere in it.</summary>
    public double FieldSize { get; init; } = 680;

    /// <summary>Camera units a photo-electron.</summary>
    public double Gain { get; init; } = 3.2;

    /// <summary>The camera's value without light, camera units.</summary>
    public double Offset { get; init; } = 110;

    /// <summary>The camera's noise without light, photo-electrons, standard deviation.</summary>
    public double ReadNoise { get; init; } = 3.5;
}

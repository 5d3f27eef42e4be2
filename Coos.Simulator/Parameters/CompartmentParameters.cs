namespace Coos.Simulator.Parameters;

/// <summary>The structure of the seven compartments. Counts are means per cell; brightness is relative within a compartment.</summary>
public sealed record CompartmentParameters
{
    /// <summary>ER: the size of the meshes of its network, in micrometres.</summary>
    public double ErMesh { get; init; } = 1.7;

    /// <summary>ER: the distance from the nucleus over which sheets give way to tubules, in micrometres.</summary>
    public double ErReach { get; init; } = 2.6;

    /// <summary>ER: the brightness of the sheets next to the nucleus, relative to a tubule.</summary>
    public double ErSheet { get; init; } = 0.6;

    /// <summary>ER: the brightness of the nuclear envelope, which is a part of it, relative to a tubule.</summary>
    public double ErEnvelope { get; init; } = 0.7;

    /// <summary>Mitochondria: the number of filaments.</summary>
    public double Mitochondria { get; init; } = 34;

    /// <summary>Mitochondria: the median length, in micrometres.</summary>
    public double MitochondrionLength { get; init; } = 3.6;

    /// <summary>Mitochondria: the variation of the length.</summary>
    public double MitochondrionLengthSigma { get; init; } = 0.45;

    /// <summary>Mitochondria: the half width (standard deviation of a Gaussian), in micrometres.</summary>
    public double MitochondrionWidth { get; init; } = 0.17;

    /// <summary>Filaments: the change of direction per micrometre, standard deviation of its tangent.</summary>
    public double FilamentBend { get; init; } = 0.55;

    /// <summary>Golgi: the number of stacks and vesicles.</summary>
    public double GolgiElements { get; init; } = 9;

    /// <summary>Golgi: the spread of its elements in micrometres, standard deviation along each axis.</summary>
    public double GolgiSpread { get; init; } = 1.0;

    /// <summary>Golgi: the distance of their centre from the edge of the nucleus, in micrometres.</summary>
    public double GolgiDistance { get; init; } = 1.1;

    /// <summary>Golgi: the maximum length of a stack seen from the side, in micrometres.</summary>
    public double GolgiStackLength { get; init; } = 1.7;

    /// <summary>Golgi: the half width of an element (standard deviation of a Gaussian), in micrometres.</summary>
    public double GolgiWidth { get; init; } = 0.24;

    /// <summary>Peroxisomes: the number of puncta.</summary>
    public double Peroxisomes { get; init; } = 75;

    /// <summary>Peroxisomes: the radius (standard deviation of a Gaussian), in micrometres.</summary>
    public double PeroxisomeRadius { get; init; } = 0.16;

    /// <summary>Early endosomes: the number of puncta and rings.</summary>
    public double Endosomes { get; init; } = 22;

    /// <summary>Early endosomes: the median radius, in micrometres.</summary>
    public double EndosomeRadius { get; init; } = 0.42;

    /// <summary>Early endosomes: the variation of the radius.</summary>
    public double EndosomeRadiusSigma { get; init; } = 0.28;

    /// <summary>Early endosomes: the share that is drawn as rings, 0..1.</summary>
    public double EndosomeRings { get; init; } = 0.45;

    /// <summary>Puncta of all kinds: the variation of brightness within a cell.</summary>
    public double PunctumSigma { get; init; } = 0.5;

    /// <summary>Cytosol: its density in the nucleus, relative to the rest of the cell, 0..1.</summary>
    public double CytosolInNucleus { get; init; } = 0.22;

    /// <summary>Cytosol: the number of holes for vacuoles and organelles.</summary>
    public double CytosolHoles { get; init; } = 10;

    /// <summary>Cytosol: the median radius (standard deviation of a Gaussian) of a hole, in micrometres.</summary>
    public double CytosolHoleRadius { get; init; } = 0.5;

    /// <summary>Nuclear envelope: the half width of the rim (standard deviation of a Gaussian), in micrometres.</summary>
    public double EnvelopeWidth { get; init; } = 0.2;

    /// <summary>Nuclear envelope: the brightness of its top and bottom, seen through the focal plane, relative to the rim.</summary>
    public double EnvelopeFace { get; init; } = 0.2;

    /// <summary>Nuclear envelope: the number of folds.</summary>
    public double EnvelopeFolds { get; init; } = 1.2;

    /// <summary>All but the cytosol: the median share of the protein that is in the cytosol instead of its compartment, 0..1.</summary>
    public double Mislocalised { get; init; } = 0.24;

    /// <summary>The variation of that share between cells.</summary>
    public double MislocalisedSigma { get; init; } = 0.5;

    /// <summary>The maximum of that share: beyond it, an image would no longer show its class.</summary>
    public double MaxMislocalised { get; init; } = 0.75;
}

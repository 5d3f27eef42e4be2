namespace Coos.Simulator.Parameters;

/// <summary>The five sets: a tenth of COOS-7's images on the same kinds of plates and wells.</summary>
public sealed record DesignParameters
{
    /// <summary>The number of classes; each plate has all of them.</summary>
    public int Classes { get; init; } = 7;

    /// <summary>The rows of wells on a plate.</summary>
    public int PlateRows { get; init; } = 16;

    /// <summary>The columns of wells on a plate.</summary>
    public int PlateColumns { get; init; } = 24;

    /// <summary>The wells per class inside each plate.</summary>
    public int InnerWells { get; init; } = 6;

    /// <summary>The wells per class at the border of each plate.</summary>
    public int BorderWells { get; init; } = 2;

    /// <summary>The variation of the number of cells between wells.</summary>
    public double CellsPerWellSigma { get; init; } = 0.2;

    /// <summary>The sets.</summary>
    public IReadOnlyList<SplitDesign> Splits { get; init; } =
    [
        new("training", 4146, 0, 4, WellChoice.Inner),
        new("test1", 1036, 0, 4, WellChoice.Inner),
        new("test2", 1702, 0, 4, WellChoice.Border),
        new("test3", 3260, 4, 2, WellChoice.All)
        {
            Shift = new()
            {
                Protein = 0.75,
                Nucleus = 0.85,
                Background = 1.35,
                Defocus = 1.45,
                CellRadius = 0.94,
                Mislocalised = 1.2,
            },
        },
        new("test4", 3077, 6, 1, WellChoice.All) { OtherMicroscope = true },
    ];

    /// <summary>Creates the same design with more or fewer images.</summary>
    /// <param name="scale">The factor applied to the number of images; each set keeps at least one.</param>
    public DesignParameters Scaled(double scale) =>
        this with
        {
            Splits = [.. Splits.Select(s => s with { Images = Math.Max(1, (int)Math.Round(s.Images * scale)) })],
        };
}

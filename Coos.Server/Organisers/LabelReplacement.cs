namespace Coos.Server.Organisers;

/// <summary>What labels that were sent change, or would.</summary>
public sealed record LabelReplacement
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>How many images the labels are of.</summary>
    public required int Images { get; init; }

    /// <summary>How many it were before; absent where there were none.</summary>
    public int? PreviousImages { get; init; }

    /// <summary>The content hash of the labels.</summary>
    public required string LabelsHash { get; init; }

    /// <summary>That of those before.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>Whether they differ from those in force.</summary>
    public required bool Changes { get; init; }

    /// <summary>Whether they are of the same images; else submissions so far keep their old scores, for they predict others.</summary>
    public required bool SameImages { get; init; }

    /// <summary>How many images have another class than before; absent where the images are others.</summary>
    public int? Relabelled { get; init; }

    /// <summary>How many submissions predict this split.</summary>
    public required int Submissions { get; init; }

    /// <summary>Images of each class.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>Whether they were stored and are in force.</summary>
    public bool Stored { get; init; }
}

/// <summary>Images of a class.</summary>
/// <param name="Index">The class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Images">How many.</param>
/// <param name="PreviousImages">How many it were before; absent where there were no labels.</param>
public sealed record ClassCount(int Index, string Name, int Images, int? PreviousImages);

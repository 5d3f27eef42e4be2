namespace Coos.Server.Organisers;

/// <summary>The changes that uploaded labels make, or would make.</summary>
public sealed record LabelReplacement
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of labelled images.</summary>
    public required int Images { get; init; }

    /// <summary>The number of images before; absent if there were no labels.</summary>
    public int? PreviousImages { get; init; }

    /// <summary>The content hash of the labels.</summary>
    public required string LabelsHash { get; init; }

    /// <summary>The content hash of the previous labels.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>Whether they differ from the active labels.</summary>
    public required bool Changes { get; init; }

    /// <summary>
    /// Whether they are for the same images. If not, existing submissions keep their old scores, because they predict other
    /// images.
    /// </summary>
    public required bool SameImages { get; init; }

    /// <summary>The number of images whose class changed; absent if the images differ.</summary>
    public int? Relabelled { get; init; }

    /// <summary>The number of submissions that predict this split.</summary>
    public required int Submissions { get; init; }

    /// <summary>The number of images of each class.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>Whether they were stored and are active.</summary>
    public bool Stored { get; init; }
}

/// <summary>The number of images of a class.</summary>
/// <param name="Index">The class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Images">The number of images.</param>
/// <param name="PreviousImages">The number of images before; absent if there were no labels.</param>
public sealed record ClassCount(int Index, string Name, int Images, int? PreviousImages);

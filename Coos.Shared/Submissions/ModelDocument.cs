namespace Coos.Shared.Submissions;

/// <summary>The model of a submission and the state of its run.</summary>
/// <param name="Hash">The SHA-256 hash of the file.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Run">The state of its latest run.</param>
public sealed record ModelDocument(string Hash, long Bytes, ModelRunDocument Run)
{
    /// <summary>How its predictions compare with those of the submission's files; null if it has no files, or was not run yet.</summary>
    public IReadOnlyList<ModelAgreement>? Agreement { get; init; }
}

/// <summary>The state of a run.</summary>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="ImagesDone">The number of images scored so far.</param>
/// <param name="ImagesTotal">The number of images to score; 0 until it is known.</param>
public sealed record ModelRunDocument(string Status, int ImagesDone, int ImagesTotal)
{
    /// <summary>Why it failed: one of the codes of docs/models.md; null unless it failed.</summary>
    public string? Code { get; init; }

    /// <summary>Why it failed, in words; null unless it failed.</summary>
    public string? Detail { get; init; }

    /// <summary>The number of runs that wait before this one; null unless it waits.</summary>
    public int? Before { get; init; }
}

/// <summary>How the predictions of a run compare with those of a file.</summary>
/// <param name="Split">The split.</param>
/// <param name="Images">The number of images.</param>
/// <param name="Different">The number of images with another class.</param>
public sealed record ModelAgreement(string Split, int Images, int Different)
{
    /// <summary>The share of images with another class up to which a run confirms a file: another processor rounds otherwise.</summary>
    public const double Tolerance = 0.001;

    /// <summary>Whether the run confirms the file.</summary>
    public bool IsConfirmed => Different <= Tolerance * Images;
}

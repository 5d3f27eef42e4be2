using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>The raw fields and files of a form.</summary>
/// <param name="Fields">The field values by name. A field that was not sent is absent.</param>
/// <param name="Files">The uploaded files.</param>
public sealed record SubmissionRequest(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<UploadedFile> Files)
{
    /// <summary>The field with the id of an upload, which replaces a file. It may be repeated.</summary>
    public const string UploadField = "upload";

    /// <summary>The name of the part with a model.</summary>
    public const string ModelPart = "model";

    /// <summary>The model file; null without one.</summary>
    public UploadedFile? Model { get; init; }

    /// <summary>The ids of uploads, as they were sent; they may be invalid.</summary>
    public IReadOnlyList<string> Uploads { get; init; } = [];

    /// <summary>Gets a field value, trimmed; empty if the field is absent.</summary>
    public string this[string field] => Fields.TryGetValue(field, out var text) ? text.Trim() : "";
}

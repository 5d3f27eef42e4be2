using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>What somebody sent, as it came: fields by name, and files.</summary>
/// <param name="Fields">The texts by field; a field that was not sent is absent.</param>
/// <param name="Files">The files by part.</param>
public sealed record SubmissionRequest(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<UploadedFile> Files)
{
    /// <summary>A field, trimmed; empty where it is absent.</summary>
    public string this[string field] => Fields.TryGetValue(field, out var text) ? text.Trim() : "";
}

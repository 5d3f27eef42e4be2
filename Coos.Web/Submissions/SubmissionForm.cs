using Coos.Shared.Predictions;
using Microsoft.Extensions.Primitives;

namespace Coos.Web.Submissions;

/// <summary>What somebody sent, as it came: fields by name, files by part.</summary>
public sealed record SubmissionForm
{
    private readonly IFormCollection _form;

    public SubmissionForm(IFormCollection form)
    {
        _form = form;
        Files = [.. form.Files.Where(f => f.Length > 0 || f.FileName.Length > 0).Select(ToFile)];
    }

    /// <summary>The files: a part <c>predictions</c> with a field <c>split</c> beside it counts as that split's.</summary>
    public IReadOnlyList<UploadedFile> Files { get; }

    /// <summary>A field, trimmed; empty where absent.</summary>
    public string this[string field] => _form.TryGetValue(field, out var value) ? First(value).Trim() : "";

    private UploadedFile ToFile(IFormFile file)
    {
        var isAnySplit = file.Name == PredictionUpload.AnySplit;
        var split = isAnySplit ? this["split"] : "";
        return new UploadedFile(split.Length > 0 ? split : file.Name, file.FileName, file.OpenReadStream);
    }

    private static string First(StringValues values) => values.Count > 0 ? values[0] ?? "" : "";
}

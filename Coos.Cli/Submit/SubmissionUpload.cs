namespace Coos.Cli.Submit;

/// <summary>What is sent: the fields of the form and a file a split.</summary>
/// <param name="Fields">Values by field; null where not given.</param>
/// <param name="Files">The files.</param>
internal sealed record SubmissionUpload(IReadOnlyDictionary<string, string?> Fields, IReadOnlyList<SplitFile> Files)
{
    /// <summary>Opens the files and puts the request's body together.</summary>
    public MultipartFormDataContent ToContent()
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields)
        {
            if (value is not null)
            {
                content.Add(new StringContent(value), Quote(name));
            }
        }

        foreach (var file in Files)
        {
            content.Add(new StreamContent(File.OpenRead(file.Path)), Quote(file.Split), Quote(Path.GetFileName(file.Path)));
        }

        return content;
    }

    /// <summary>How messages name the file of a part: by its local path; one inside a zip by the zip's and its own.</summary>
    /// <param name="part">The part, or the name of a file in a zip; empty where a field of the form is meant.</param>
    public string LocalName(string part) =>
        part.Length == 0 ? "form"
        : Files.FirstOrDefault(f => f.Split == part)?.Path
            ?? (Files is [var only] ? $"{only.Path}({part})" : part);

    /// <summary>Quoted, as every server understands it; the framework quotes only where it must.</summary>
    private static string Quote(string name) => $"\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"";
}

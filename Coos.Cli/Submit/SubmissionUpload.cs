namespace Coos.Cli.Submit;

/// <summary>The upload: the fields of the form and one file per split.</summary>
/// <param name="Fields">Values by field; null for a field that is not sent.</param>
/// <param name="Files">The files.</param>
internal sealed record SubmissionUpload(IReadOnlyDictionary<string, string?> Fields, IReadOnlyList<SplitFile> Files)
{
    /// <summary>Opens the files and creates the body of the request.</summary>
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
            if (file.Content is { } array)
            {
                content.Add(new ByteArrayContent(array), Quote(file.Split), Quote(file.Split + ".npy"));
            }
            else
            {
                content.Add(new StreamContent(File.OpenRead(file.Path)), Quote(file.Split), Quote(Path.GetFileName(file.Path)));
            }
        }

        return content;
    }

    /// <summary>A part's file in messages: its local path; for a file inside a zip, the zip's path and the file's name.</summary>
    /// <param name="part">The part, or the name of a file in a zip; empty for a field of the form.</param>
    public string LocalName(string part) =>
        part.Length == 0
            ? "form"
            : Files.FirstOrDefault(f => f.Split == part)?.Path ?? (Files is [var only] ? $"{only.Path}({part})" : part);

    /// <summary>Quotes a name, because not every server understands unquoted ones; the framework quotes only if it must.</summary>
    private static string Quote(string name) => $"\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"";
}

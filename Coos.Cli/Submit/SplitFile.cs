using System.CommandLine.Parsing;

namespace Coos.Cli.Submit;

/// <summary>A local file and its split.</summary>
/// <param name="Split">The split, or <c>predictions</c> for a zip of several.</param>
/// <param name="Path">The file.</param>
internal sealed record SplitFile(string Split, string Path)
{
    /// <summary>What is sent in place of the file, as an array; null for the file itself.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Reads arguments such as <c>test1=knn/test1.csv</c>.</summary>
    public static SplitFile[] ParseAll(ArgumentResult result)
    {
        var files = new List<SplitFile>();
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            var file = text.Split('=', 2) is [{ Length: > 0 } split, { Length: > 0 } path] ? new SplitFile(split, path) : null;
            if (file is null)
            {
                result.AddError($"\"{text}\" does not name a split; write it as SPLIT=FILE, such as test1={text}");
            }
            else if (!File.Exists(file.Path))
            {
                result.AddError($"{file.Path} does not exist");
            }
            else if (files.Exists(f => f.Split == file.Split))
            {
                result.AddError($"{file.Split} is specified twice");
            }
            else
            {
                files.Add(file);
            }
        }

        return [.. files];
    }
}

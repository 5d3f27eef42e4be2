using System.IO.Compression;

namespace Coos.Shared.Predictions;

/// <summary>A file in a zip.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Name">Its name without a leading <c>./</c> and without the folder around everything.</param>
/// <param name="Method">Its compression method; -1 if it is not known.</param>
internal sealed record ZipListing(ZipArchiveEntry Entry, string Name, int Method)
{
    /// <summary>What operating systems and archivers add to a zip by themselves.</summary>
    private static readonly string[] AddedFiles = [".DS_Store", "Thumbs.db", "desktop.ini"];

    /// <summary>Lists the files of a zip that a person put into it.</summary>
    /// <param name="archive">The zip.</param>
    /// <param name="methods">The compression methods of its entries (<see cref="ZipDirectory.ReadMethods"/>).</param>
    /// <param name="withoutFolder">Whether a folder around all files is taken off.</param>
    public static ZipListing[] Read(ZipArchive archive, IReadOnlyList<int> methods, bool withoutFolder)
    {
        ZipListing[] files =
        [
            .. archive
                .Entries.Select((e, i) => new ZipListing(e, Clean(e.FullName), i < methods.Count ? methods[i] : -1))
                .Where(f => !IsAdded(f)),
        ];
        while (withoutFolder && FindFolder(files) is { Length: > 0 } folder)
        {
            files = [.. files.Select(f => f with { Name = f.Name[folder.Length..] })];
        }

        return files;
    }

    /// <summary>Takes off <c>./</c> and <c>.\</c>, which are not folders.</summary>
    private static string Clean(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal) || name.StartsWith(@".\", StringComparison.Ordinal))
        {
            name = name[2..];
        }

        return name;
    }

    private static bool IsAdded(ZipListing file)
    {
        var name = file.Name.Split('/', '\\')[^1];
        return name.Length == 0
            || file.Name.StartsWith("__MACOSX/", StringComparison.Ordinal)
            || name.StartsWith("._", StringComparison.Ordinal)
            || AddedFiles.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Finds the folder that all files are in, with its slash; empty if there is none.</summary>
    private static string FindFolder(ZipListing[] files)
    {
        var end = files.Length == 0 ? -1 : files[0].Name.IndexOf('/', StringComparison.Ordinal);
        var folder = end < 0 ? "" : files[0].Name[..(end + 1)];
        return folder is not "../" && files.All(f => f.Name.StartsWith(folder, StringComparison.Ordinal)) ? folder : "";
    }
}

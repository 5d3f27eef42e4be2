using Coos.Server.Configuration;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Server.Images;

/// <summary>
/// Finds the gallery pictures of a benchmark's classes: first in the benchmark's folder, then among those drawn from a
/// dataset.
/// </summary>
internal sealed class GalleryStore(CoosSettings settings)
{
    /// <summary>Gets the folder for pictures of a benchmark that this server draws.</summary>
    public string GetDrawnFolder(string slug) => Path.Combine(settings.DataDirectory, "gallery", slug);

    /// <summary>Finds the file of a picture.</summary>
    /// <returns>The path; null if there is no such picture.</returns>
    public string? Find(BenchmarkFolder folder, string split, int classIndex, bool composite)
    {
        var name = Gallery.FileName(split, classIndex, composite);
        string[] paths = [Path.Combine(folder.Path, "gallery", name), Path.Combine(GetDrawnFolder(folder.Benchmark.Slug), name)];
        return paths.FirstOrDefault(File.Exists);
    }

    /// <summary>Finds the splits of a benchmark that have at least one picture, in the manifest's order.</summary>
    public IReadOnlyList<Split> FindSplitsWithPictures(BenchmarkFolder folder) =>
        [
            .. folder.Benchmark.Splits.Where(s =>
                folder.Benchmark.Classes.Any(c => Find(folder, s.Name, c.Index, composite: false) is not null)
            ),
        ];
}

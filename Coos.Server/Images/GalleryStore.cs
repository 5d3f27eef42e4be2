using Coos.Server.Configuration;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Server.Images;

/// <summary>The pictures of a benchmark's classes: those in its folder, then those drawn here from a dataset.</summary>
internal sealed class GalleryStore(CoosSettings settings)
{
    /// <summary>Where pictures of a benchmark go that are drawn here.</summary>
    public string DrawnFolder(string slug) => Path.Combine(settings.DataDirectory, "gallery", slug);

    /// <summary>The file of a picture.</summary>
    /// <returns>Null where there is none.</returns>
    public string? Find(BenchmarkFolder folder, string split, int classIndex, bool composite)
    {
        var name = Gallery.FileName(split, classIndex, composite);
        string[] places = [Path.Combine(folder.Path, "gallery", name), Path.Combine(DrawnFolder(folder.Benchmark.Slug), name)];
        return places.FirstOrDefault(File.Exists);
    }

    /// <summary>The splits of a benchmark that have any picture, in the manifest's order.</summary>
    public IReadOnlyList<Split> SplitsWithPictures(BenchmarkFolder folder) =>
        [
            .. folder.Benchmark.Splits.Where(s =>
                folder.Benchmark.Classes.Any(c => Find(folder, s.Name, c.Index, composite: false) is not null)
            ),
        ];
}

using System.Collections.Concurrent;
using Coos.Server.Configuration;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Server.Images;

/// <summary>
/// Finds where the images of a benchmark are: in the folder <c>images</c> of the benchmark, or in the folder with its slug among the
/// datasets of the server. Folders are listed at most once in some seconds, because each picture of a page asks.
/// </summary>
internal sealed class ImageFolders(CoosSettings settings, TimeProvider clock)
{
    private const string FolderName = "images";

    private static readonly TimeSpan ListedFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>Finds the file or folder with the images of a split.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="DatasetException">The folder cannot be read, or is ambiguous.</exception>
    public string? Find(BenchmarkFolder folder, string split)
    {
        var slug = folder.Benchmark.Slug;
        if (!_listings.TryGetValue(slug, out var listing) || clock.GetElapsedTime(listing.Time) > ListedFor)
        {
            _listings[slug] = listing = List(folder);
        }

        return listing.Problem is { } problem ? throw problem : listing.Splits.GetValueOrDefault(split);
    }

    private Listing List(BenchmarkFolder folder)
    {
        var (time, none) = (clock.GetTimestamp(), new Dictionary<string, string>());
        try
        {
            string?[] places =
            [
                Path.Combine(folder.Path, FolderName),
                settings.DatasetsDirectory is { } root ? Path.Combine(root, folder.Benchmark.Slug) : null,
            ];
            return new Listing(time, places.FirstOrDefault(Directory.Exists) is { } path ? DatasetFolder.FindSplits(path) : none, null);
        }
        catch (DatasetException e)
        {
            return new Listing(time, none, e);
        }
    }

    private sealed record Listing(long Time, IReadOnlyDictionary<string, string> Splits, DatasetException? Problem);
}

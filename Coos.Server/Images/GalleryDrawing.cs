using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Server.Images;

/// <summary>
/// Draws the galleries of benchmarks whose images are public and on this machine, at startup and in the background. Test sets are drawn
/// only if their labels are public, because pictures grouped by class reveal the labels.
/// </summary>
internal sealed partial class GalleryDrawing(
    BenchmarkCatalog catalog,
    GalleryStore store,
    CoosSettings settings,
    ILogger<GalleryDrawing> logger
) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => DrawAll(stoppingToken), stoppingToken);

    private void DrawAll(CancellationToken cancellation)
    {
        foreach (var folder in catalog.All)
        {
            var dataset = settings.DatasetsDirectory is { } root ? Path.Combine(root, folder.Benchmark.Slug) : null;
            if (dataset is null || !Directory.Exists(dataset))
            {
                continue;
            }

            try
            {
                Draw(folder.Benchmark, dataset, cancellation);
            }
            catch (Exception e) when (e is DatasetException or IOException or UnauthorizedAccessException)
            {
                Log.NotDrawn(logger, folder.Benchmark.Slug, e.Message);
            }
        }
    }

    private void Draw(Benchmark benchmark, string dataset, CancellationToken cancellation)
    {
        var target = Directory.CreateDirectory(store.GetDrawnFolder(benchmark.Slug)).FullName;
        foreach (var (name, path) in DatasetFolder.FindSplits(dataset))
        {
            cancellation.ThrowIfCancellationRequested();
            var mayShow =
                benchmark.Images == ImageAudience.Public
                && benchmark.FindSplit(name) is { } split
                && (split.Role == SplitRole.Training || benchmark.LabelsPublic);
            var first = Path.Combine(target, Gallery.FileName(name, 0, composite: false));
            if (mayShow && File.GetLastWriteTimeUtc(first) < File.GetLastWriteTimeUtc(path))
            {
                using var set = ImageSet.Open(path);
                Log.Drawn(logger, benchmark.Slug, name, Gallery.Write(set, name, target));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "Gallery of {Benchmark}/{Split} drawn: {Pictures} pictures")]
        public static partial void Drawn(ILogger logger, string benchmark, string split, int pictures);

        [LoggerMessage(131, LogLevel.Error, "Gallery of {Benchmark} not drawn: {Problem}")]
        public static partial void NotDrawn(ILogger logger, string benchmark, string problem);
    }
}

using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>Finds the warnings about an uploaded file again, by reading its text. They are not stored.</summary>
internal static class UploadWarnings
{
    /// <summary>Finds the warnings about a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="benchmark">Its benchmark.</param>
    /// <param name="labels">The store of the images.</param>
    /// <returns>The warnings; only those about its classes if the images of the split have changed since.</returns>
    public static IReadOnlyList<PredictionWarning> Read(UploadedSplit file, Benchmark benchmark, LabelStore labels)
    {
        if (labels.TryGet(benchmark.Slug, file.Split, out var active) && active.Labels.Images.ContentHash.SequenceEqual(file.ImagesHash))
        {
            using var text = OriginalText.Open(file.Original);
            var target = new PredictionTarget(file.Split, active.Labels.Images, benchmark.ClassNames);
            return PredictionReader.Read(text, target, new ProblemList())?.Warnings ?? [];
        }

        return PredictionWarning.OfClasses(file.Split, file.Classes, benchmark.ClassNames) is { } warning ? [warning] : [];
    }
}

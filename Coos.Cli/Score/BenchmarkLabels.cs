using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Cli.Score;

/// <summary>Finds and reads the label files of a benchmark folder.</summary>
internal static class BenchmarkLabels
{
    /// <summary>Finds the label file of a split, compressed or not; null if there is none.</summary>
    public static string? Find(BenchmarkFolder folder, string split)
    {
        var path = folder.LabelPath(split);
        return new[] { path, path + ".gz" }.FirstOrDefault(File.Exists);
    }

    /// <summary>Reads a label file, compressed or not; null if it has problems, which are added to the list.</summary>
    public static SplitLabels? Read(string path, Benchmark benchmark, ProblemList problems)
    {
        using var file = File.OpenRead(path);
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using var text = isPacked ? new GZipText(file) : (Stream)file;
        try
        {
            return LabelFile.Read(text, path, benchmark.ClassNames, problems);
        }
        catch (InvalidDataException e)
        {
            problems.Add(
                path,
                null,
                null,
                ProblemCode.BadEncoding,
                $"the file cannot be unpacked: {e.Message} Pack it again, or unpack it."
            );
            return null;
        }
    }

    /// <summary>Reads the images of the other splits that have labels, to recognise a file for another split.</summary>
    public static Dictionary<string, ImageIndex> ReadOtherImages(BenchmarkFolder folder, string split)
    {
        var images = new Dictionary<string, ImageIndex>();
        foreach (var other in folder.Benchmark.Splits.Where(s => s.Name != split))
        {
            // Invalid labels of another split are not reported, because only this split is scored.
            if (Find(folder, other.Name) is { } path && Read(path, folder.Benchmark, new ProblemList()) is { } labels)
            {
                images[other.Name] = labels.Images;
            }
        }

        return images;
    }
}

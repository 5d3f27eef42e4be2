using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Labels;

namespace Coos.Server.Submissions;

/// <summary>
/// Writes valid example prediction files: the image ids of a split with random classes. The file depends only on the ids in
/// their canonical order, so it reveals nothing about the labels and is the same for each download.
/// </summary>
internal static class PredictionTemplate
{
    private static readonly DateTimeOffset ZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The path of a split's template.</summary>
    public static string Path(Benchmark benchmark, Split split) => $"/benchmarks/{benchmark.Slug}/template/{split.Name}.csv";

    /// <summary>The path of the zip file with all templates of a benchmark.</summary>
    public static string ZipPath(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/template.zip";

    /// <summary>Writes a template.</summary>
    /// <param name="images">The image ids.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="withProbabilities">Whether each line has a probability for each class.</param>
    public static byte[] Write(ImageIndex images, int classes, bool withProbabilities)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(images, classes, withProbabilities))
        {
            text.Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Creates the lines of a template, starting with the header.</summary>
    public static IEnumerable<string> Lines(ImageIndex images, int classes, bool withProbabilities)
    {
        var random = new SplitMix(BinaryPrimitives.ReadUInt64LittleEndian(images.ContentHash));
        var probabilities = new double[classes];
        yield return "image_id,label"
            + (
                withProbabilities
                    ? string.Concat(Enumerable.Range(0, classes).Select(c => string.Create(CultureInfo.InvariantCulture, $",p{c}")))
                    : ""
            );
        for (var i = 0; i < images.Count; i++)
        {
            Draw(ref random, probabilities);
            var line = new StringBuilder(CsvField.Quote(images.Id(i)))
                .Append(',')
                .Append(Array.IndexOf(probabilities, probabilities.Max()));
            foreach (var probability in withProbabilities ? probabilities : [])
            {
                line.Append(',').Append(probability.ToString("0.000000", CultureInfo.InvariantCulture));
            }

            yield return line.ToString();
        }
    }

    /// <summary>Creates a zip file of templates. Its entries have a fixed time, so equal templates give equal bytes.</summary>
    public static byte[] Zip(IEnumerable<(string Split, byte[] Content)> templates)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (split, template) in templates)
            {
                var entry = zip.CreateEntry($"{split}.csv", CompressionLevel.Fastest);
                entry.LastWriteTime = ZipTime;
                using var stream = entry.Open();
                stream.Write(template);
            }
        }

        return content.ToArray();
    }

    /// <summary>Draws a probability distribution over the classes uniformly at random.</summary>
    private static void Draw(ref SplitMix random, double[] probabilities)
    {
        var sum = 0.0;
        for (var c = 0; c < probabilities.Length; c++)
        {
            probabilities[c] = -Math.Log(1 - random.NextDouble());
            sum += probabilities[c];
        }

        for (var c = 0; c < probabilities.Length; c++)
        {
            probabilities[c] /= sum;
        }
    }
}

using System.Globalization;
using System.Text;

namespace Coos.Measurements.Arrays;

/// <summary>A temporary benchmark of many classes: its manifest, and labels by experiment.</summary>
internal sealed class ManyClassFolder : IDisposable
{
    /// <summary>The slug of the benchmark.</summary>
    public const string Slug = "many";

    /// <summary>The column of the clusters.</summary>
    public const string Cluster = "experiment";

    private const int Experiments = 14;

    private readonly string _root = Directory.CreateTempSubdirectory("coos-many-").FullName;

    /// <summary>Writes the benchmark.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="images">The number of images of each test set.</param>
    public ManyClassFolder(int classes, IReadOnlyList<int> images)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "labels"));
        var names = Enumerable.Range(0, classes).Select(k => $$"""{ "index": {{k}}, "name": "class {{k}}" }""");
        var splits = images.Select((_, i) => $$"""{ "name": "{{SplitName(i)}}", "role": "shifted" }""");
        File.WriteAllText(
            System.IO.Path.Combine(Path, "benchmark.json"),
            $$"""
            {
              "slug": "{{Slug}}", "name": "Many classes", "summary": "For measurements.", "disclosure": "open", "cluster": "{{Cluster}}",
              "metrics": ["accuracy", "balancedError"], "ranking": { "metric": "accuracy" },
              "classes": [ {{string.Join(", ", names)}} ], "splits": [ {{string.Join(", ", splits)}} ]
            }
            """
        );
        foreach (var (i, count) in images.Index())
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "labels", SplitName(i) + ".csv"), WriteLabels(count, classes));
        }
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_root, Slug);

    /// <summary>The name of a test set.</summary>
    public static string SplitName(int index) => string.Create(CultureInfo.InvariantCulture, $"test{index + 1}");

    /// <summary>Writes predictions without probabilities, three quarters of them right.</summary>
    public static byte[] WritePredictions(int images, int classes)
    {
        var random = new Random(images);
        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < images; i++)
        {
            var label = random.Next(4) > 0 ? i % classes : random.Next(classes);
            text.Append(CultureInfo.InvariantCulture, $"{i},{label}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string WriteLabels(int images, int classes)
    {
        var text = new StringBuilder($"image_id,label,{Cluster}\n");
        for (var i = 0; i < images; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{i % classes},{i / classes % Experiments}\n");
        }

        return text.ToString();
    }
}

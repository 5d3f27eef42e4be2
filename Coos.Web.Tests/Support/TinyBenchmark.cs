namespace Coos.Web.Tests.Support;

/// <summary>A benchmark small enough to score by hand, with three classes, six images per test set and ids that are not numbers.</summary>
internal static class TinyBenchmark
{
    public const string Slug = "tiny";

    /// <summary>test1: a-0..a-5, classes 0 0 1 1 2 2. test2: b-0..b-5, classes 0 0 0 1 1 2. test3 has no labels.</summary>
    public static void WriteTo(string folder, string slug = Slug)
    {
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(
            Path.Combine(folder, "benchmark.json"),
            Manifest.Replace($"\"slug\": \"{Slug}\"", $"\"slug\": \"{slug}\"", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(folder, "labels", "test1.csv"), "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n");
        File.WriteAllText(Path.Combine(folder, "labels", "test2.csv"), "image_id,label\nb-0,0\nb-1,0\nb-2,0\nb-3,1\nb-4,1\nb-5,2\n");
    }

    /// <summary>Adds a plate and a well to the labels of test1, before the server starts.</summary>
    public static void WriteWells(string folder) =>
        File.WriteAllText(
            Path.Combine(folder, "labels", "test1.csv"),
            "image_id,label,plate,well\na-0,0,P1,A01\na-1,0,P1,A02\na-2,1,P1,B01\na-3,1,P1,B02\na-4,2,P1,C01\na-5,2,P1,C02\n"
        );

    /// <summary>Creates a complete prediction file of a split.</summary>
    /// <param name="split">test1 or test2.</param>
    /// <param name="labels">Six labels.</param>
    public static string Predictions(string split, params int[] labels)
    {
        var prefix = split == "test1" ? 'a' : 'b';
        return "image_id,label\n" + string.Concat(labels.Select((label, i) => $"{prefix}-{i},{label}\n"));
    }

    private const string Manifest = """
        {
          "slug": "tiny",
          "name": "Tiny",
          "summary": "Three classes, six images a test set.",
          "classes": [
            { "index": 0, "name": "Round", "short": "R" },
            { "index": 1, "name": "Square", "short": "S" },
            { "index": 2, "name": "Long, thin", "short": "L, t" }
          ],
          "splits": [
            { "name": "training", "role": "training" },
            { "name": "test1", "role": "inDistribution", "shift": "same day" },
            { "name": "test2", "role": "shifted", "shift": "other day" },
            { "name": "test3", "role": "shifted", "shift": "other lens" }
          ],
          "ranking": { "metric": "balancedError", "splits": ["test2"] },
          "disclosure": "open"
        }
        """;
}

namespace Coos.Web.Tests.Support;

/// <summary>Writes baselines to the folder of the tiny benchmark.</summary>
internal static class BaselineFiles
{
    public const string Run = """
        {
          "method": "Texture, kNN",
          "description": "Neighbours.",
          "command": "coos baseline run texture --classifier knn",
          "options": { "classifier": "knn", "forest": { "trees": 20 } },
          "seed": 7,
          "versions": { "coos": "0.1.0" },
          "seconds": { "train": 1.5, "predict test1": 130 },
          "trainingError": 0.125
        }
        """;

    /// <summary>Writes or replaces a baseline with predictions of test1.</summary>
    public static string WriteBaseline(this TestServer server, string name, string? run = Run, params int[] labels)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Tiny, "baselines", name)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "test1.csv.gz"), Packed.GZip(TinyBenchmark.Predictions("test1", labels)));
        if (run is not null)
        {
            File.WriteAllText(Path.Combine(folder, "run.json"), run);
        }

        return folder;
    }
}

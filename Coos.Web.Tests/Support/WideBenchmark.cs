using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A benchmark of two classes and three test sets of 300 images, enough for significant differences. Image i has class i % 2.
/// </summary>
internal static class WideBenchmark
{
    public const string Slug = "wide";
    public const int Images = 300;

    public static readonly string[] Splits = ["test1", "test2", "test3"];

    /// <summary>Writes the benchmark to the benchmark folder of a server.</summary>
    public static void WriteTo(TestServer server, double? ladder = null)
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug);
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(
            Path.Combine(folder, "benchmark.json"),
            Manifest.Replace("LADDER", ladder is { } step ? $", \"ladder\": {{ \"step\": {step} }}" : "", StringComparison.Ordinal)
        );
        foreach (var split in Splits)
        {
            WriteLabels(server, split);
        }
    }

    /// <summary>Writes the labels of a split with the first ones flipped.</summary>
    public static void WriteLabels(TestServer server, string split, int flipped = 0) =>
        File.WriteAllText(
            Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug, "labels", split + ".csv"),
            Text(i => i < flipped ? 1 - (i % 2) : i % 2)
        );

    /// <summary>Creates a submission with the given number of wrong images in each test set.</summary>
    public static UploadForm Submission(string method, string submitter, params int[] wrong)
    {
        var form = new UploadForm().Field("benchmark", Slug).Field("method", method).Field("submitter", submitter);
        for (var s = 0; s < wrong.Length; s++)
        {
            var last = wrong[s];
            form.File(Splits[s], Text(i => i < last ? 1 - (i % 2) : i % 2));
        }

        return form;
    }

    private static string Text(Func<int, int> label)
    {
        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < Images; i++)
        {
            text.Append(i).Append(',').Append(label(i)).Append('\n');
        }

        return text.ToString();
    }

    private const string Manifest = """
        {
          "slug": "wide", "name": "Wide", "summary": "Two classes, 300 images a test set.", "disclosure": "open",
          "classes": [ { "index": 0, "name": "Even" }, { "index": 1, "name": "Odd" } ],
          "splits": [
            { "name": "test1", "role": "inDistribution" },
            { "name": "test2", "role": "shifted", "shift": "other day" },
            { "name": "test3", "role": "shifted", "shift": "other lens" }
          ]LADDER
        }
        """;
}

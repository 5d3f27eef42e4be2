using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>An extreme benchmark: test1 has no image of the third class and one well per image, and test2 has one image.</summary>
internal static class ExtremeBenchmark
{
    public const string Slug = "odd";

    private static readonly int[] Test1 = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];

    /// <summary>Writes the benchmark to the benchmark folder of a server.</summary>
    public static void WriteTo(TestServer server)
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug);
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(Path.Combine(folder, "benchmark.json"), Manifest);
        File.WriteAllText(
            Path.Combine(folder, "labels", "test1.csv"),
            "image_id,label,well\n" + string.Concat(Test1.Select((label, i) => $"{i},{label},W{i}\n"))
        );
        File.WriteAllText(Path.Combine(folder, "labels", "test2.csv"), "image_id,label,well\nonly,0,W0\n");
    }

    /// <summary>Creates a submission that maps each true class to a predicted class.</summary>
    /// <param name="submitter">The submitter.</param>
    /// <param name="predict">Maps the true class to the predicted class.</param>
    /// <param name="isCertain">Whether to add probabilities of 0 and 1.</param>
    public static UploadForm Submission(string submitter, Func<int, int> predict, bool isCertain = false) =>
        new UploadForm()
            .Field("benchmark", Slug)
            .Field("method", "Odd")
            .Field("submitter", submitter)
            .File("test1", Text(Test1.Select((label, i) => ($"{i}", predict(label))), isCertain))
            .File("test2", Text([("only", predict(0))], isCertain));

    private static string Text(IEnumerable<(string Id, int Label)> rows, bool isCertain)
    {
        var text = new StringBuilder(isCertain ? "image_id,label,p0,p1,p2\n" : "image_id,label\n");
        foreach (var (id, label) in rows)
        {
            text.Append(id).Append(',').Append(label);
            for (var k = 0; isCertain && k < 3; k++)
            {
                text.Append(',').Append(k == label ? 1 : 0);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private const string Manifest = """
        {
          "slug": "odd", "name": "Odd", "summary": "What benchmarks should not be.",
          "classes": [ { "index": 0, "name": "Round" }, { "index": 1, "name": "Square" }, { "index": 2, "name": "Absent" } ],
          "splits": [ { "name": "test1", "role": "inDistribution" }, { "name": "test2", "role": "shifted", "shift": "one image" } ],
          "cluster": "well",
          "disclosure": "open"
        }
        """;
}

using System.Globalization;
using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A benchmark where statistics are hardest: test1 has no image of the class Rare and three wells a class, test2 one image,
/// test3 wells of one image each.
/// </summary>
internal static class EdgeBenchmark
{
    public const string Slug = "edges";

    private static readonly Dictionary<string, int[]> Classes = new()
    {
        ["test1"] = [0, 0, 0, 1, 1, 1],
        ["test2"] = [1],
        ["test3"] = [.. Enumerable.Range(0, 20).Select(i => i % 2)],
    };

    /// <summary>Writes it beside a server's other benchmarks.</summary>
    public static void WriteTo(OwnServer server)
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug);
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(Path.Combine(folder, "benchmark.json"), Manifest);
        foreach (var (split, classes) in Classes)
        {
            var rows = classes.Select((k, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{k},W{i}\n"));
            File.WriteAllText(Path.Combine(folder, "labels", split + ".csv"), "image_id,label,well\n" + string.Concat(rows));
        }
    }

    /// <summary>All right or all wrong, with probabilities of 0 and 1.</summary>
    public static UploadForm Submission(string method, bool isRight)
    {
        var form = new UploadForm().Field("benchmark", Slug).Field("method", method).Field("submitter", $"Lab of {method}");
        foreach (var (split, classes) in Classes)
        {
            var text = new StringBuilder("image_id,p0,p1,p2\n");
            for (var i = 0; i < classes.Length; i++)
            {
                text.Append(i).Append((isRight ? classes[i] : 1 - classes[i]) == 0 ? ",1,0,0\n" : ",0,1,0\n");
            }

            form.File(split, text.ToString());
        }

        return form;
    }

    private const string Manifest = """
        {
          "slug": "edges", "name": "Edges", "summary": "Where statistics are hardest.", "cluster": "well",
          "classes": [ { "index": 0, "name": "Round" }, { "index": 1, "name": "Square" }, { "index": 2, "name": "Rare" } ],
          "splits": [
            { "name": "test1", "role": "inDistribution" },
            { "name": "test2", "role": "shifted", "shift": "other day" },
            { "name": "test3", "role": "shifted", "shift": "other lens" }
          ]
        }
        """;
}

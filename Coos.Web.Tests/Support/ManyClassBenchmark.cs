using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A benchmark of 300 classes, more than a byte can name, and 1,200 images: image i has class i % 300. A method that is wrong takes a
/// class for the next one.
/// </summary>
internal static class ManyClassBenchmark
{
    public const string Slug = "many";
    public const int Classes = 300;
    public const int Images = 1200;

    /// <summary>Writes the benchmark to the benchmark folder of a server.</summary>
    public static void WriteTo(TestServer server)
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug);
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        var classes = Enumerable.Range(0, Classes).Select(k => $$"""{ "index": {{k}}, "name": "gene {{k:000}} <a>" }""");
        File.WriteAllText(
            Path.Combine(folder, "benchmark.json"),
            $$"""
            {
              "slug": "many", "name": "Many", "summary": "300 classes.", "disclosure": "open",
              "classes": [ {{string.Join(", ", classes)}} ],
              "splits": [ { "name": "test1", "role": "inDistribution" }, { "name": "test2", "role": "shifted", "shift": "other day" } ]
            }
            """
        );
        File.WriteAllText(Path.Combine(folder, "labels", "test1.csv"), Text(_ => false));
        File.WriteAllText(Path.Combine(folder, "labels", "test2.csv"), Text(_ => false));
    }

    /// <summary>Creates a submission whose predictions of some images are wrong.</summary>
    public static UploadForm Submission(string method, Func<int, bool> isWrong) =>
        new UploadForm()
            .Field("benchmark", Slug)
            .Field("method", method)
            .Field("submitter", "Many")
            .File("test1", Text(isWrong))
            .File("test2", Text(isWrong));

    private static string Text(Func<int, bool> isWrong)
    {
        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < Images; i++)
        {
            text.Append(i).Append(',').Append((i + (isWrong(i) ? 1 : 0)) % Classes).Append('\n');
        }

        return text.ToString();
    }
}

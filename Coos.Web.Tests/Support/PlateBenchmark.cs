using System.Text;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A benchmark of two classes whose wells have positions. Each well has one class and five images. test1: two plates with all wells of 96.
/// test2: one plate of 1536 without a name, with three wells. test3: wells without a position. test4: no wells.
/// </summary>
internal static class PlateBenchmark
{
    public const string Slug = "plates";

    /// <summary>The images of each well.</summary>
    public const int Images = 5;

    /// <summary>Writes the benchmark to the benchmark folder of a server.</summary>
    public static void WriteTo(TestServer server, string disclosure = "open")
    {
        var folder = Path.Combine(Path.GetDirectoryName(server.Tiny)!, Slug);
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(Path.Combine(folder, "benchmark.json"), Manifest.Replace("DISCLOSURE", disclosure, StringComparison.Ordinal));
        Write("test1", "plate,well", w => $"{w.Plate},{w.Well}");
        Write("test2", "well", w => w.Well);
        Write("test3", "plate,well", w => $"{w.Plate},{w.Well}");
        Write("test4", "", _ => "");

        void Write(string split, string columns, Func<TestWell, string> names) =>
            File.WriteAllText(
                Path.Combine(folder, "labels", split + ".csv"),
                Text(split, columns.Length > 0 ? "," + columns : "", (well, _) => well.Class, w => columns.Length > 0 ? "," + names(w) : "")
            );
    }

    /// <summary>The wells of a split.</summary>
    public static IReadOnlyList<TestWell> Wells(string split) =>
        split switch
        {
            "test1" =>
            [
                .. from plate in new[] { "P1", "P2" }
                from row in Enumerable.Range(0, 8)
                from column in Enumerable.Range(0, 12)
                select new TestWell(
                    plate,
                    FormattableString.Invariant($"{(char)('A' + row)}{column + 1:00}"),
                    (row + column) % 2,
                    row is 0 or 7 || column is 0 or 11
                ),
            ],
            "test2" => [new("", "A01", 0, true), new("", "b2", 1, false), new("", "AF48", 0, true)],
            "test3" => [new("P1", "left, top", 0, false), new("P1", "=1+1", 1, false), new("P2", "left, top", 0, false)],
            _ => [new("", "", 0, false), new("", "", 1, false)],
        };

    /// <summary>Creates a submission with given numbers of wrong images in the wells at the edge and the other ones.</summary>
    public static UploadForm Submission(string method, string submitter, int wrongAtEdge, int wrongInside, params string[] splits)
    {
        var form = new UploadForm().Field("benchmark", Slug).Field("method", method).Field("submitter", submitter);
        foreach (var split in splits)
        {
            form.File(split, Text(split, "", (w, i) => i < (w.IsEdge ? wrongAtEdge : wrongInside) ? 1 - w.Class : w.Class, _ => ""));
        }

        return form;
    }

    private static string Text(string split, string columns, Func<TestWell, int, int> label, Func<TestWell, string> names)
    {
        var text = new StringBuilder($"image_id,label{columns}\n");
        foreach (var (w, well) in Wells(split).Index())
        {
            for (var i = 0; i < Images; i++)
            {
                var name = names(well);
                text.Append(split).Append('-').Append(w).Append('-').Append(i).Append(',').Append(label(well, i));
                text.Append(
                    name.Contains(", ", StringComparison.Ordinal)
                        ? name.Replace("left, top", "\"left, top\"", StringComparison.Ordinal)
                        : name
                );
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private const string Manifest = """
        {
          "slug": "plates", "name": "Plates", "summary": "Two classes on plates.", "disclosure": "DISCLOSURE",
          "classes": [ { "index": 0, "name": "Even wells", "short": "Even" }, { "index": 1, "name": "Odd wells", "short": "Odd" } ],
          "splits": [
            { "name": "test1", "role": "inDistribution" },
            { "name": "test2", "role": "shifted", "shift": "large plate" },
            { "name": "test3", "role": "shifted", "shift": "other names" },
            { "name": "test4", "role": "shifted", "shift": "no wells" }
          ],
          "ranking": { "metric": "balancedError", "splits": ["test1"] },
          "cluster": "well"
        }
        """;
}

/// <summary>A well of the benchmark.</summary>
/// <param name="Plate">The name of its plate; empty if the labels name none.</param>
/// <param name="Well">Its name.</param>
/// <param name="Class">The class of its images.</param>
/// <param name="IsEdge">Whether it is at the edge.</param>
internal sealed record TestWell(string Plate, string Well, int Class, bool IsEdge);

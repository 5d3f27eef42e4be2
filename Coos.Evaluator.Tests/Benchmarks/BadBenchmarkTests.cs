using System.Text.Json.Nodes;
using Coos.Shared.Benchmarks;

namespace Coos.Evaluator.Tests.Benchmarks;

/// <summary>An invalid folder is rejected with the file, location and reason of every problem.</summary>
public sealed class BadBenchmarkTests : IDisposable
{
    private static readonly string Good = Path.Combine(Checkout.Folder, "benchmarks", "coos-7");

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-benchmark-").FullName;

    public BadBenchmarkTests()
    {
        foreach (var file in Directory.EnumerateFiles(Good))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    /// <summary>A property of the manifest, its new value (null removes it), and the expected path and reason.</summary>
    public static TheoryData<string, string?, string, string> BadManifests =>
        new()
        {
            { "splits/1/role", "\"holdout\"", "$.splits[1].role", "\"holdout\" is unknown; allowed: training, inDistribution, shifted" },
            { "splits/1/role", null, "$.splits[1]", "role is missing" },
            { "splits/1/role", "3", "$.splits[1].role", "found 3, expected a string" },
            { "splits/2/name", "\"test1\"", "$.splits[2]", "split \"test1\" is listed twice" },
            { "splits/2/name", "\"Test 2\"", "$.splits[2]", "\"Test 2\" is not a valid split name" },
            { "splits/2/name", "\"gap\"", "$.splits[2]", "\"gap\" is a column of every leaderboard" },
            { "splits/2/name", "\"predictions\"", "$.splits[2]", "\"predictions\" is a field of the upload form" },
            { "splits/2/name", "\"upload\"", "$.splits[2]", "\"upload\" is a field of the upload form" },
            { "splits/2/name", "\"file\"", "$.splits[2]", "\"file\" is a field of the upload form" },
            { "splits/2/name", "\"\"", "$.splits[2].name", "empty" },
            { "splits/0/images", "-1", "$.splits[0].images", "found -1, expected a whole number from 1" },
            { "splits/0/images", "1.5", "$.splits[0].images", "found 1.5, expected a whole number" },
            { "splits/0/colour", "1", "$.splits[0].colour", "unknown property" },
            { "splits", "[]", "$", "splits is missing or empty" },
            { "splits", "{}", "$.splits", "found {}, expected an array" },
            { "classes/3/name", "\"golgi\"", "$.classes[3]", "\"golgi\" is already the name of class 2" },
            { "classes/3/short", "\"ER\"", "$.classes[3]", "\"ER\" is already the name of class 0" },
            { "classes/3/index", "4", "$.classes[3]", "index must be 3" },
            { "classes/3/name", "\"5\"", "$.classes[3]", "\"5\" would be read as class index 5" },
            { "classes/3", "7", "$.classes[3]", "found 7, expected an object" },
            { "classes", "[]", "$", "classes has 0 entries; allowed: 2 to 20000" },
            { "slug", "\"COOS 7\"", "$.slug", "\"COOS 7\" is not a valid slug" },
            { "slug", null, "$.slug", "missing" },
            { "name", "\" \"", "$.name", "empty" },
            { "summary", null, "$.summary", "missing" },
            { "homepage", "\"javascript:alert(1)\"", "$.homepage", "is not a valid URL" },
            { "image/bits", "12", "$.image", "bits is 12; allowed: 8, 16, 32" },
            { "image/width", "0", "$.image.width", "found 0" },
            { "image/channels", "[\"a\",\"A\"]", "$.image", "channels must list each channel exactly once" },
            { "ranking/splits/0", "\"test9\"", "$.ranking.splits[0]", "\"test9\" is not a test split" },
            { "ranking/splits/0", "\"training\"", "$.ranking.splits[0]", "\"training\" is not a test split" },
            { "ranking/metric", "\"f1\"", "$.ranking.metric", "\"f1\" is not a metric; allowed: balancedError, error, accuracy, " },
            { "reference", "\"test0\"", "$.reference", "\"test0\" is unknown; allowed: training, test1" },
            { "cluster", "\"Day\"", "$.cluster", "\"Day\" is not a valid column name; use a-z, 0-9 and _" },
            { "disclosure", "\"secret\"", "$.disclosure", "\"secret\" is unknown; allowed: open, guarded" },
            { "margin", "0", "$.margin", "found 0, expected a number above 0 and below 1" },
            { "margin", "-0.005", "$.margin", "found -0.005, expected a number above 0 and below 1" },
            { "margin", "1", "$.margin", "found 1, expected a number above 0 and below 1" },
            { "margin", "\"0.5%\"", "$.margin", "found \"0.5%\", expected a number above 0 and below 1" },
            { "plate", "384", "$.plate", "found 384, expected an object" },
            { "plate", "{\"wells\": 100}", "$.plate", "wells is 100; allowed: 96, 384, 1536" },
            { "plate", "{\"wells\": 0}", "$.plate.wells", "found 0, expected a whole number from 1 to 1536" },
            { "plate", "{\"rows\": 8}", "$.plate.rows", "unknown property; allowed: wells, numbering, first" },
            { "plate", "{\"numbering\": \"rows\"}", "$.plate", "numbering needs wells, the number of wells of a plate" },
            { "plate", "{\"wells\": 96, \"numbering\": \"row\"}", "$.plate.numbering", "\"row\" is unknown; allowed: rows, columns" },
            { "plate", "{\"wells\": 96, \"first\": 1}", "$.plate", "first needs numbering; allowed: rows, columns" },
            {
                "plate",
                "{\"wells\": 96, \"numbering\": \"rows\", \"first\": 2}",
                "$.plate.first",
                "found 2, expected a whole number from 0 to 1"
            },
            { "disclosureStep", "0", "$.disclosureStep", "found 0, expected a number above 0 and at most 1" },
            { "images", "\"everyone\"", "$.images", "\"everyone\" is unknown; allowed: public, participants, organisers" },
            { "simulation", "{}", "$.simulation", "has no seed; write { \"seed\": 7 }" },
            { "simulation", "{\"seed\": -1}", "$.simulation.seed", "found -1, expected" },
            { "simulation", "{\"seed\": 7, \"scale\": 2}", "$.simulation.scale", "unknown property; allowed: seed" },
            { "sealed", "0.5", "$.sealed", "found 0.5, expected an object" },
            { "sealed", "{}", "$.sealed.share", "missing; expected a number from 0 and below 1" },
            { "sealed", "{\"share\": 1}", "$.sealed.share", "found 1, expected a number from 0 and below 1" },
            { "sealed", "{\"share\": -0.1}", "$.sealed.share", "found -0.1, expected a number from 0 and below 1" },
            { "sealed", "{\"share\": \"50%\"}", "$.sealed.share", "found \"50%\", expected a number from 0 and below 1" },
            { "sealed", "{\"share\": 0, \"key\": 1}", "$.sealed.key", "unknown property; allowed: share" },
            { "sealed", "{\"share\": 0.5}", "$.sealed", "seals labels that an open benchmark shows; remove sealed, or set disclosure" },
            { "ladder", "0.01", "$.ladder", "found 0.01, expected an object" },
            { "ladder", "{}", "$.ladder.step", "missing; expected a number above 0 and at most 1" },
            { "ladder", "{\"step\": 0}", "$.ladder.step", "found 0, expected a number above 0 and at most 1" },
            { "ladder", "{\"step\": \"1%\"}", "$.ladder.step", "found \"1%\", expected a number above 0 and at most 1" },
            { "ladder", "{\"step\": 0.01, \"rounding\": 1}", "$.ladder.rounding", "unknown property; allowed: step" },
            { "splits/2/name", "\"robustness\"", "$.splits[2]", "\"robustness\" is a column of every leaderboard" },
            { "participation", "true", "$.participation", "found true, expected an object" },
            { "participation", "{\"approval\": 1}", "$.participation.approval", "found 1, expected true or false" },
            { "participation", "{\"rules\": \"none\"}", "$.participation.rules", "unknown property; allowed: approval" },
            { "rankin", "{}", "$.rankin", "unknown property; allowed:" },
        };

    [Theory]
    [MemberData(nameof(BadManifests))]
    public void An_invalid_manifest_is_rejected_with_file_path_and_reason(string property, string? value, string path, string reason)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Manifest))!;
        Put(manifest, property.Split('/'), value is null ? null : JsonNode.Parse(value));
        File.WriteAllText(Manifest, manifest.ToJsonString());

        var problems = Problems();

        Assert.Contains(
            problems,
            p => p.StartsWith($"{Manifest}: {path}: ", StringComparison.Ordinal) && p.Contains(reason, StringComparison.Ordinal)
        );
        Assert.Equal(problems.Distinct(), problems);
    }

    [Fact]
    public void All_problems_of_a_manifest_are_reported_at_once()
    {
        File.WriteAllText(
            Manifest,
            """
            { "slug": "x", "name": "X", "summary": "x",
              "classes": [ { "index": 0, "name": "a" }, { "index": 1, "name": "A" } ],
              "splits": [ { "name": "t", "role": "best" } ] }
            """
        );

        Assert.Equal(2, Problems().Length);
    }

    [Theory]
    [InlineData("{ \"slug\": ", "line 1: invalid JSON")]
    [InlineData("{ \"slug\": \"a\", \"slug\": \"b\" }", "slug")]
    [InlineData("[]", "$: found [], expected an object")]
    public void Invalid_JSON_is_rejected_with_its_location(string text, string reason)
    {
        File.WriteAllText(Manifest, text);

        Assert.Contains(reason, string.Join('\n', Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_manifest_is_rejected()
    {
        File.Delete(Manifest);

        Assert.StartsWith($"{Manifest}: missing file", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("features,classifier,test1,source\na,b,101,c\n", ":2:test1: \"101\" is not a number from 0 to 100")]
    [InlineData("features,classifier,test1,source\na,b,7.1%,c\n", ":2:test1: \"7.1%\" is not a number from 0 to 100")]
    [InlineData("features,classifier,test1,source\na,b,-1,c\n", ":2:test1: \"-1\" is not a number from 0 to 100")]
    [InlineData("features,classifier,test1,source\na,b,NaN,c\n", ":2:test1: \"NaN\" is not a number from 0 to 100")]
    [InlineData("features,classifier,test1,source\na,b,c\n", ":2: the line has 3 fields, but the header has 4")]
    [InlineData("features,test1,source\na,1,c\n", ":1: column classifier is missing")]
    [InlineData("features,classifier,test1,test1,source\n", ":1: column test1 occurs twice")]
    [InlineData("features,classifier,test9,source\n", ":1: column test9 is unknown")]
    [InlineData("", ": the file is empty")]
    public void An_invalid_table_of_reported_results_is_rejected_with_file_and_line(string text, string reason)
    {
        var file = Path.Combine(_folder, BenchmarkFolder.ReportedName);
        File.WriteAllText(file, text);

        Assert.StartsWith(file + reason, Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DeepLoc,Vacuole,test1,0.5,x", "is not a class of the benchmark")]
    [InlineData("DeepLoc,ER,test9,0.5,x", "is not a split of the benchmark")]
    [InlineData("DeepLoc,ER,test1,,x", "sensitivity is missing")]
    [InlineData("DeepLoc,ER,test1,98.9,x", "\"98.9\" is not a number from 0 to 1")]
    public void An_invalid_sensitivity_is_rejected_with_file_and_line(string row, string reason)
    {
        var file = Path.Combine(_folder, BenchmarkFolder.SensitivitiesName);
        File.WriteAllText(file, "method,class,split,sensitivity,source\n" + row + "\n");

        var problem = Assert.Single(Problems());
        Assert.StartsWith(file + ":2:", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_with_the_same_slug_are_all_left_out()
    {
        var parent = Directory.CreateTempSubdirectory("coos-benchmarks-").FullName;
        foreach (var name in new[] { "a", "b", ".hidden" })
        {
            Directory.CreateDirectory(Path.Combine(parent, name));
            File.Copy(Manifest, Path.Combine(parent, name, BenchmarkFolder.ManifestName));
        }

        var problems = new List<FolderProblem>();
        var folders = BenchmarkFolder.ReadValid([parent], problems);

        var (a, b) = (Path.Combine(parent, "a"), Path.Combine(parent, "b"));
        Assert.Empty(folders);
        Assert.Equal(
            [
                $"{a}: the slug \"coos-7\" is also that of {b}; give each benchmark a slug of its own",
                $"{b}: the slug \"coos-7\" is also that of {a}; give each benchmark a slug of its own",
            ],
            problems.Select(p => p.Message)
        );
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void Missing_properties_of_a_manifest_have_defaults()
    {
        File.WriteAllText(
            Manifest,
            """
            { "slug": "tiny", "name": "Tiny", "summary": "Tiny.",
              "classes": [ { "index": 0, "name": "a" }, { "index": 1, "name": "b", "short": "B!" } ],
              "splits": [ { "name": "train", "role": "training" }, { "name": "in", "role": "inDistribution" },
                          { "name": "out", "role": "shifted", "title": "Outside", "shift": "elsewhere" } ] }
            """
        );
        File.Delete(Path.Combine(_folder, BenchmarkFolder.ReportedName));
        File.Delete(Path.Combine(_folder, BenchmarkFolder.SensitivitiesName));
        File.Delete(Path.Combine(_folder, BenchmarkFolder.OtherMetricsName));

        var folder = BenchmarkFolder.Read(_folder);

        Assert.Equal(["out"], folder.Benchmark.Ranking.Splits);
        Assert.Equal("in", folder.Benchmark.Reference);
        Assert.Equal(["a", "B!"], folder.Benchmark.Classes.Select(c => c.Short));
        Assert.Equal(["Train", "In", "Outside"], folder.Benchmark.Splits.Select(s => s.Title));
        Assert.Null(folder.Benchmark.Cluster);
        Assert.Empty(folder.Reported);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Manifest => Path.Combine(_folder, BenchmarkFolder.ManifestName);

    private string[] Problems() => Assert.Throws<BenchmarkException>(() => BenchmarkFolder.Read(_folder)).Message.Split('\n');

    private static void Put(JsonNode node, string[] property, JsonNode? value)
    {
        foreach (var step in property[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step)]! : node[step]!;
        }

        if (node is JsonArray items)
        {
            items[int.Parse(property[^1])] = value;
        }
        else if (value is null)
        {
            node.AsObject().Remove(property[^1]);
        }
        else
        {
            node[property[^1]] = value;
        }
    }
}

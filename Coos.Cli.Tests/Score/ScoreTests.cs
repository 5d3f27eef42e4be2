using System.Text.Json;
using Coos.Evaluator;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Cli.Tests.Score;

public sealed class ScoreTests : IDisposable
{
    private const string Manifest = """
        { "slug": "tiny", "name": "Tiny", "summary": "Two classes.",
          "classes": [ { "index": 0, "name": "[red] one" }, { "index": 1, "name": "two" } ],
          "splits": [ { "name": "test1", "role": "inDistribution" }, { "name": "test2", "role": "shifted" } ] }
        """;

    private const string Labels = "image_id,label\n0,0\n1,0\n2,0\n3,1\n";
    private const string Predictions = "image_id,label\n3,1\n2,1\n1,0\n0,0\n";

    private readonly TemporaryFolder _folder = new();

    public ScoreTests()
    {
        _folder.Write("benchmark.json", Manifest);
        _folder.Write("labels/test1.csv", Labels);
        _folder.Write("labels/test2.csv.gz", "image_id,label\na,0\nb,1\n");
    }

    [Fact]
    public async Task The_JSON_equals_the_evaluators_report()
    {
        var run = await Run("--split", "test1", "--json", _folder.Write("p.csv", Predictions));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Expected() + Environment.NewLine, run.Output);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(1.0 / 6, document.RootElement.GetProperty("splits")[0].GetProperty("balancedError").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Probabilities_add_calibration_to_JSON_and_tables()
    {
        const string Probable = "image_id,p0,p1\n0,0.9,0.1\n1,0.6,0.4\n2,0.25,0.75\n3,0,1\n";
        var file = _folder.Write("p.csv", Probable);

        var json = await Run("--split", "test1", "--json", file);
        var tables = await Run("--split", "test1", file);

        Assert.Equal(Expected(Probable) + Environment.NewLine, json.Output);
        using var document = JsonDocument.Parse(json.Output);
        var calibration = document.RootElement.GetProperty("splits")[0].GetProperty("calibration");

        // Computed by hand: losses -ln .9, -ln .6, -ln .25 of class 0 and -ln 1 of class 1; squares .02, .32, 1.125, 0.
        var loss = -(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.25)) / 6;
        Assert.Equal(loss, calibration.GetProperty("balancedLogLoss").GetDouble(), 1e-12);
        Assert.Equal(1.465 / 4, calibration.GetProperty("brier").GetDouble(), 1e-12);
        Assert.Equal((0.4 + 0.75 + 0.1 + 0) / 4, calibration.GetProperty("expectedCalibrationError").GetDouble(), 1e-12);

        // The console may wrap the line.
        Assert.Contains(
            "balanced log loss 0.3337, Brier score 0.366",
            string.Join(' ', tables.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        Assert.Contains("31.25%", tables.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_show_scores_sensitivities_and_the_confusion_matrix()
    {
        var run = await Run("--split", "test1", _folder.Write("p.csv.gz", Predictions));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"test1 +4 +16\.67% +\d+\.\d\d% to \d+\.\d\d% +75\.00%", run.Output);
        Assert.Matches(@"\[red\] one +3 +66\.67% ", run.Output);
        Assert.Matches(@"two +1 +100\.00% ", run.Output);
        Assert.Matches(@"\[red\] one +2 +1 ", run.Output);
    }

    [Fact]
    public async Task Labels_can_be_compressed_or_read_from_another_file()
    {
        var elsewhere = _folder.Write("elsewhere.csv", "image_id,label\na,1\nb,1\n");
        var predictions = _folder.Write("p.csv", "image_id,label\na,0\nb,1\n");

        var own = await Run("--split", "test2", "--json", predictions);
        var other = await Run("--split", "test2", "--labels", elsewhere, "--json", predictions);

        Assert.Contains("\"balancedError\":0,", own.Output, StringComparison.Ordinal);
        Assert.Contains("\"balancedError\":0.5,", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_are_printed_to_standard_error_as_file_line_column_code_message()
    {
        var path = _folder.Write("p.csv", "image_id,label\n0,0\n1,9\n2,0,0\n");

        var run = await Run("--split", "test1", path);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            [
                $"{path}:3:label: unknown-class: \"9\" is not a class; "
                    + "a label is 0 to 1, or a class name such as [red] one, without spaces around it",
                $"{path}:4: wrong-field-count: the line has 3 fields, but the header has 2",
                $"{path}:image_id: missing-image: image \"3\" has no line; every image of test1 (4) needs one",
            ],
            run.ErrorLines
        );
    }

    [Fact]
    public async Task Warnings_are_printed_to_standard_error_and_the_file_is_scored()
    {
        var path = _folder.Write("p.csv", "image_id,label\n0,0\n1,0\n2,0\n3,0\n");

        var run = await Run("--split", "test1", "--json", path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.Equal([$"{path}: warning: one-class: every image is predicted as [red] one"], run.ErrorLines);
    }

    [Fact]
    public async Task Problems_beyond_a_hundred_are_counted()
    {
        var path = _folder.Write("p.csv", Predictions + string.Concat(Enumerable.Range(0, 1300).Select(i => $"x{i},0\n")));

        var run = await Run("--split", "test1", path);

        Assert.Equal(101, run.ErrorLines.Length);
        Assert.Equal("coos: and 1,200 more problems", run.ErrorLines[^1]);
    }

    [Fact]
    public async Task A_file_for_another_split_and_a_damaged_zip_are_reported_with_their_paths()
    {
        var other = _folder.Write("p.csv", "image_id,label\na,0\nb,1\n");
        var broken = _folder.Write("p.zip", "PK\u0003\u0004 and nothing else");

        Assert.StartsWith($"{other}: wrong-split: ", (await Run("--split", "test1", other)).Error, StringComparison.Ordinal);
        Assert.StartsWith($"{broken}: bad-encoding: ", (await Run("--split", "test1", broken)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_gzip_files_are_reported_with_their_paths()
    {
        var cut = Cut(_folder.Write("p.csv.gz", Predictions));
        var predictions = await Run("--split", "test1", cut);
        File.Delete(Path.Combine(_folder.Path, "labels", "test1.csv"));
        var labels = Cut(_folder.Write("labels/test1.csv.gz", Labels));
        var mislabelled = await Run("--split", "test1", _folder.Write("p.csv", Predictions));

        Assert.Equal([1, 1], [predictions.ExitCode, mislabelled.ExitCode]);
        const string Problem = "bad-encoding: the file cannot be unpacked: its gzip data ends early at byte ";
        Assert.StartsWith($"{cut}: {Problem}", Assert.Single(predictions.ErrorLines), StringComparison.Ordinal);
        Assert.StartsWith($"{labels}: {Problem}", Assert.Single(mislabelled.ErrorLines), StringComparison.Ordinal);

        static string Cut(string path)
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]);
            return path;
        }
    }

    [Fact]
    public async Task Problems_of_the_benchmark_folder_are_reported()
    {
        var predictions = _folder.Write("p.csv", Predictions);
        File.Delete(Path.Combine(_folder.Path, "labels", "test1.csv"));

        var unlabelled = await Run("--split", "test1", predictions);
        _folder.Write("labels/test1.csv", "image_id,label\n0,7\n");
        var mislabelled = await Run("--split", "test1", predictions);
        _folder.Write("benchmark.json", "{}");
        var broken = await Run("--split", "test1", predictions);

        Assert.Equal([1, 1, 1], [unlabelled.ExitCode, mislabelled.ExitCode, broken.ExitCode]);
        Assert.Contains("test1.csv or .gz; specify the file with --labels", unlabelled.Error, StringComparison.Ordinal);
        Assert.Contains("test1.csv:2:label: unknown-class: ", mislabelled.Error, StringComparison.Ordinal);
        Assert.Contains("benchmark.json: $.slug: missing", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_arguments_give_one_line_and_exit_code_2()
    {
        var predictions = _folder.Write("p.csv", Predictions);

        var unknown = await Run("--split", "test9", predictions);
        var absent = await Run("--split", "test1", predictions + ".none");
        var incomplete = await Support.Cli.RunAsync("score", predictions);
        var nothing = await Support.Cli.RunAsync();

        Assert.All([unknown, absent, incomplete, nothing], run => Assert.Equal((2, ""), (run.ExitCode, run.Output)));
        Assert.Equal("coos: tiny has no split test9; it has test1, test2", unknown.ErrorLines[0]);
        Assert.Equal($"coos: {predictions}.none does not exist", absent.ErrorLines[0]);
        Assert.Contains(".none", absent.Error, StringComparison.Ordinal);
        Assert.Contains("'--benchmark' is required", incomplete.Error, StringComparison.Ordinal);
        Assert.Contains("see coos --help", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_splits_give_one_evaluation_in_the_order_of_the_manifest()
    {
        var first = _folder.Write("p.csv", Predictions);
        var second = _folder.Write("q.csv", "image_id,label\na,0\nb,0\n");

        var json = await Run("--json", $"test2={second}", $"test1={first}");
        var tables = await Run($"test1={first}", $"test2={second}");

        using var document = JsonDocument.Parse(json.Output);
        using var alone = JsonDocument.Parse(Expected());
        var splits = document.RootElement.GetProperty("splits");
        Assert.Equal(["test1", "test2"], splits.EnumerateArray().Select(s => s.GetProperty("split").GetString()));
        Assert.Equal(alone.RootElement.GetProperty("splits")[0].GetRawText(), splits[0].GetRawText());
        Assert.NotEqual(
            alone.RootElement.GetProperty("predictionsHash").GetString(),
            document.RootElement.GetProperty("predictionsHash").GetString()
        );
        Assert.Contains($"test1:{Environment.NewLine}", tables.Output, StringComparison.Ordinal);
        Assert.Contains($"test2:{Environment.NewLine}", tables.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_names_of_several_files_give_exit_code_2()
    {
        var file = _folder.Write("p.csv", Predictions);
        var labels = _folder.Write("elsewhere.csv", Labels);

        var unnamed = await Run(file);
        var twice = await Run($"test1={file}", $"test1={file}");
        var both = await Run("--split", "test1", file, file);
        var shared = await Run("--labels", labels, $"test1={file}", $"test2={file}");

        Assert.All([unnamed, twice, both, shared], run => Assert.Equal((2, ""), (run.ExitCode, run.Output)));
        Assert.Equal(
            $"coos: \"{file}\" does not name a split; write it as SPLIT=FILE, such as test1={file}, or specify the split with --split",
            unnamed.ErrorLines[0]
        );
        Assert.Equal("coos: test1 is specified twice", twice.ErrorLines[0]);
        Assert.Equal(
            "coos: --split test1 takes one file, but 2 were specified; to score several splits, omit --split and write SPLIT=FILE for each",
            both.ErrorLines[0]
        );
        Assert.Equal(
            "coos: --labels applies to one split only; for several splits, omit it to use the labels of the benchmark's folder",
            shared.ErrorLines[0]
        );
    }

    [Fact]
    public async Task Problems_of_several_files_are_reported_together()
    {
        var first = _folder.Write("p.csv", "image_id,label\n0,9\n1,0\n2,0\n3,1\n");
        var second = _folder.Write("q.csv", "image_id,label\na,0\n");

        var run = await Run($"test1={first}", $"test2={second}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{first}:2:label: unknown-class: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{second}:image_id: missing-image: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> Run(params string[] args) => Support.Cli.RunAsync(["score", "--benchmark", _folder.Path, .. args]);

    /// <summary>The report computed with the evaluator, as the server sends it.</summary>
    private static string Expected(string text = Predictions)
    {
        var benchmark = ManifestReader.Read(Manifest, "benchmark.json");
        var problems = new ProblemList();
        var labels = LabelFile.Read(Text(Labels), "labels", benchmark.ClassNames, problems)!;
        var target = new PredictionTarget("test1", labels.Images, benchmark.ClassNames);
        var predictions = PredictionReader.Read(Text(text), target, problems)!;
        var score = SplitEvaluator.Evaluate(labels, predictions, benchmark.Classes, benchmark.Cluster);
        return JsonSerializer.Serialize(SplitEvaluator.Combine([score]), CoosJson.Options);
    }

    private static MemoryStream Text(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Tests that <c>coos baseline bundle</c> reproduces the committed predictions and rejects other images.</summary>
public sealed class BundleTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    private string Benchmark => Path.Combine(_folder.Path, "sim");

    /// <summary>Checks all splits, because a deviation can be small: an earlier one changed only four lines of test4.</summary>
    [Fact]
    public async Task The_committed_predictions_are_reproduced_byte_for_byte()
    {
        var committed = Checkout.CoosSim;
        string[] tests = ["test1", "test2", "test3", "test4"];
        Draw(1, ["training", .. tests]);
        CopyBenchmark(committed, ["training", .. tests]);
        foreach (var baseline in Directory.GetDirectories(Path.Combine(committed, "baselines"), "texture-*"))
        {
            var copy = Directory.CreateDirectory(Path.Combine(Benchmark, "baselines", Path.GetFileName(baseline))).FullName;
            foreach (var split in tests)
            {
                File.Copy(Path.Combine(baseline, split + ".csv.gz"), Path.Combine(copy, split + ".csv.gz"));
            }
        }

        var check = await BundleAsync("--check");

        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        var same = check.Output.Split('\n').Count(line => line.EndsWith(".csv.gz: the same", StringComparison.Ordinal));
        Assert.Equal(5 * tests.Length, same);
    }

    [Fact]
    public async Task A_bundle_has_the_layout_the_server_reads_and_a_missing_file_is_reported()
    {
        var simulated = await Support.Cli.RunAsync("data", "simulate", "--out", Data, "--scale", "0.01", "--benchmark", Benchmark);
        Assert.Equal(0, simulated.ExitCode);
        File.Copy(Path.Combine(Checkout.CoosSim, "benchmark.json"), Path.Combine(Benchmark, "benchmark.json"));

        var created = await BundleAsync();
        var same = await BundleAsync("--check");
        var deleted = Path.Combine(Benchmark, "baselines", "texture-rf", "test2.csv.gz");
        File.Delete(deleted);
        var missing = await BundleAsync("--check");

        Assert.Equal((0, 0, 1), (created.ExitCode, same.ExitCode, missing.ExitCode));
        Assert.Contains($"{deleted}: missing", missing.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"{Benchmark}/baselines: 1 of the files above cannot be reproduced with these images and this program",
            Assert.Single(missing.ErrorLines)
        );
        string[] names = ["texture-knn", "texture-l1lr", "texture-rf", "texture-rf-seed2", "texture-rf-seed3"];
        Assert.Equal(names, Directory.GetDirectories(Path.Combine(Benchmark, "baselines")).Select(Path.GetFileName).Order());
        foreach (var name in names)
        {
            var file = Path.Combine(Benchmark, "baselines", name, "run.json");
            using var run = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancellation));
            Assert.StartsWith("Texture, ", run.RootElement.GetProperty("method").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Images_of_another_dataset_are_rejected()
    {
        CopyBenchmark(Checkout.CoosSim, "training", "test1");
        Draw(0.01, "training", "test1");

        var run = await BundleAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("image ids or labels differ from those of coos-sim", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Benchmark, "baselines")));
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_reported_in_one_line()
    {
        var run = await BundleAsync();

        Assert.Equal(
            (1, $"{Benchmark}/benchmark.json: missing file; every benchmark folder needs one (docs/formats.md)"),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> BundleAsync(params string[] more) =>
        Support.Cli.RunAsync(["baseline", "bundle", "--benchmark", Benchmark, "--data", Data, .. more]);

    private void Draw(double scale, params string[] splits)
    {
        Directory.CreateDirectory(Data);
        var parameters = new SimulationParameters();
        parameters = parameters with { Design = parameters.Design.Scaled(scale) };
        for (var i = 0; i < parameters.Design.Splits.Count; i++)
        {
            var name = parameters.Design.Splits[i].Name;
            if (splits.Contains(name))
            {
                var split = new SimulatedSplit(parameters, i, SimulationParameters.DefaultSeed);
                SimulatedFile.Write(split, Path.Combine(Data, SimulatedFile.FileName(name)), cancellation: Cancellation);
            }
        }
    }

    /// <summary>Copies the manifest and labels of a benchmark, with only some of its splits.</summary>
    private void CopyBenchmark(string folder, params string[] splits)
    {
        Directory.CreateDirectory(Path.Combine(Benchmark, "labels"));
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "benchmark.json")))!;
        var kept = manifest["splits"]!.AsArray().Where(s => splits.Contains((string)s!["name"]!));
        manifest["splits"] = new JsonArray([.. kept.Select(s => s!.DeepClone())]);
        manifest["ranking"]!["splits"] = new JsonArray("test1");
        File.WriteAllText(Path.Combine(Benchmark, "benchmark.json"), manifest.ToJsonString());
        foreach (var split in splits)
        {
            File.Copy(Path.Combine(folder, "labels", split + ".csv.gz"), Path.Combine(Benchmark, "labels", split + ".csv.gz"));
        }
    }
}

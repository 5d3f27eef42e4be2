using System.Globalization;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Baselines in a benchmark folder become rows of its leaderboard, and every start updates the rows from the folder.</summary>
public sealed class BaselineImportTests
{
    private const string Board = "/api/benchmarks/tiny/leaderboard";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_baseline_is_scored_like_a_submission_and_shows_its_command()
    {
        await using var server = new TestServer();
        server.WriteBaseline("texture-knn", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();

        var row = Assert.Single(await AwaitRowsAsync(server, 1));

        Assert.Equal(("Texture, kNN", "COOS", "baseline"), ((string?)row["method"], (string?)row["submitter"], (string?)row["kind"]));
        var submission = await server.Client.GetJsonAsync($"/api/submissions/{row["id"]}");
        Assert.Equal(1 / 6.0, (double)submission["evaluation"]!["splits"]![0]!["balancedError"]!, 1e-12);
        Assert.Equal("[[2,0,0],[0,2,0],[1,0,1]]", submission["evaluation"]!["splits"]![0]!["confusion"]!.ToJsonString());
        Assert.Equal(
            ("texture-knn", "current", 7),
            (
                (string?)submission["baseline"]!["name"],
                (string?)submission["baseline"]!["state"],
                (int)submission["baseline"]!["run"]!["seed"]!
            )
        );
        var page = await server.Client.GetStringAsync($"/submissions/{row["id"]}", Cancellation);
        foreach (
            var fact in (string[])
                [
                    "coos baseline run texture --classifier knn",
                    "forest trees",
                    "12.50%",
                    "coos 0.1.0",
                    "train 1.5 s",
                    "predict test1 2.2 min",
                ]
        )
        {
            Assert.Contains(fact, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_restart_adds_only_new_baselines()
    {
        await using var server = new TestServer();
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();
        var before = (string?)Assert.Single(await AwaitRowsAsync(server, 1))["id"];
        await server.StopAsync();
        server.WriteBaseline("two", BaselineFiles.Run.Replace("kNN", "RF", StringComparison.Ordinal), 0, 0, 1, 1, 2, 2);

        await server.StartAsync();

        var rows = await AwaitRowsAsync(server, 2);
        Assert.Contains(before, rows.Select(r => (string?)r["id"]));
        await server.RestartAsync();
        Assert.Equal(2, (await AwaitRowsAsync(server, 2)).Count);
    }

    [Fact]
    public async Task Changed_predictions_replace_the_old_row_and_keep_its_page()
    {
        await using var server = new TestServer();
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();
        var old = (string?)Assert.Single(await AwaitRowsAsync(server, 1))["id"];
        await server.StopAsync();
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 2]);

        await server.StartAsync();

        var row = await AwaitAsync(server, rows => rows.Count == 1 && (string?)rows[0]["id"] != old);
        Assert.Equal("replaced", (string?)(await server.Client.GetJsonAsync($"/api/submissions/{old}"))["baseline"]!["state"]);
        Assert.Contains(
            "These are the earlier ones",
            await server.Client.GetStringAsync($"/submissions/{old}", Cancellation),
            StringComparison.Ordinal
        );

        await server.StopAsync();
        server.WriteBaseline("one", BaselineFiles.Run.Replace("\"seed\": 7", "\"seed\": 8", StringComparison.Ordinal), 0, 0, 1, 1, 2, 0);
        await server.StartAsync();
        await AwaitAsync(server, rows => rows.Count == 1 && (string?)rows[0]["id"] == old);
        Assert.Equal(8, (int)(await server.Client.GetJsonAsync($"/api/submissions/{old}"))["baseline"]!["run"]!["seed"]!);
        Assert.Equal("replaced", (string?)(await server.Client.GetJsonAsync($"/api/submissions/{row[0]["id"]}"))["baseline"]!["state"]);
    }

    [Fact]
    public async Task A_removed_baseline_leaves_the_leaderboard_until_its_folder_returns()
    {
        await using var server = new TestServer();
        var folder = server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();
        var id = (string?)Assert.Single(await AwaitRowsAsync(server, 1))["id"];
        await server.StopAsync();
        Directory.Move(folder, folder + ".away");
        Directory.Move(folder + ".away", Path.Combine(server.Tiny, "away"));

        await server.StartAsync();

        Assert.Empty(await AwaitRowsAsync(server, 0));
        Assert.Null((await SubmissionRow.FindAsync(server, Guid.Parse(id!))).PublishedAt);
        Assert.Contains(
            "is no longer on the server",
            await server.Client.GetStringAsync($"/submissions/{id}", Cancellation),
            StringComparison.Ordinal
        );
        await server.StopAsync();
        Directory.Move(Path.Combine(server.Tiny, "away"), Path.Combine(server.Tiny, "baselines", "renamed"));
        await server.StartAsync();
        Assert.Equal(id, (string?)Assert.Single(await AwaitRowsAsync(server, 1))["id"]);
        Assert.NotNull((await SubmissionRow.FindAsync(server, Guid.Parse(id!))).PublishedAt);
        Assert.Equal("renamed", (string?)(await server.Client.GetJsonAsync($"/api/submissions/{id}"))["baseline"]!["name"]);
    }

    [Theory]
    [InlineData(null, "test1", null, "run.json is missing; it says how the predictions were made (docs/baselines.md)")]
    [InlineData("{ \"command\": ", "test1", null, "run.json: line 1: command cannot be read")]
    [InlineData("[", "test1", null, "run.json: line 1: invalid JSON, or command is missing")]
    [InlineData("{ \"seed\": 1 }", "test1", null, "run.json: line 1: invalid JSON, or command is missing")]
    [InlineData(
        "{ \"command\": \" \" }",
        "test1",
        null,
        "run.json: command is missing or empty; name the command that made the predictions"
    )]
    [InlineData("{ \"command\": \"x\", \"seed\": -1 }", "test1", null, "run.json: line 1: seed cannot be read")]
    [InlineData(
        "{ \"command\": \"x\", \"method\": \"a\\nb\" }",
        "test1",
        null,
        "run.json: method has more than 100 characters, or control characters"
    )]
    [InlineData(
        BaselineFiles.Run,
        "test9",
        null,
        "test9.csv does not name a test split; the allowed names are test1.csv.gz, test2.csv.gz, test3.csv.gz"
    )]
    [InlineData(BaselineFiles.Run, "", null, "there is no prediction file; the allowed names are test1.csv.gz, test2.csv.gz, test3.csv.gz")]
    [InlineData(BaselineFiles.Run, "test1", "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,9\n", "test1:7:label: unknown-class:")]
    [InlineData(
        BaselineFiles.Run,
        "test3",
        "image_id,label\nc-0,0\n",
        "The server does not have the labels of test3 of tiny, so it cannot score them."
    )]
    public async Task An_invalid_folder_is_reported_and_does_not_affect_others(string? run, string split, string? text, string problem)
    {
        await using var server = new TestServer();
        server.WriteBaseline("good", labels: [0, 0, 1, 1, 2, 0]);
        var broken = server.WriteBaseline("broken", run, 0, 0, 0, 0, 0, 0);
        File.Delete(Path.Combine(broken, "test1.csv.gz"));
        if (split.Length > 0)
        {
            await File.WriteAllTextAsync(
                Path.Combine(broken, split + ".csv"),
                text ?? TinyBenchmark.Predictions("test1", 0, 0, 0, 0, 0, 0),
                Cancellation
            );
        }

        await server.StartAsync();

        Assert.Equal("Texture, kNN", (string?)Assert.Single(await AwaitRowsAsync(server, 1))["method"]);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny/data", Cancellation);
        Assert.Contains(
            $"The baseline broken could not be read: {problem}",
            System.Net.WebUtility.HtmlDecode(page),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_that_becomes_invalid_keeps_its_row_with_a_note()
    {
        await using var server = new TestServer();
        var folder = server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();
        await AwaitRowsAsync(server, 1);
        await server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "test1.csv.gz"), "cut short", Cancellation);

        await server.StartAsync();

        var id = (string?)Assert.Single(await AwaitRowsAsync(server, 1))["id"];
        Assert.Contains(
            "The folder of this baseline is no longer valid: test1:1",
            await server.Client.GetStringAsync($"/submissions/{id}", Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Equal_predictions_in_two_folders_are_one_row()
    {
        await using var server = new TestServer();
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        server.WriteBaseline("two", labels: [0, 0, 1, 1, 2, 0]);

        await server.StartAsync();

        Assert.Single(await AwaitRowsAsync(server, 1));
        Assert.Contains(
            "its predictions are identical to those of one",
            await server.Client.GetStringAsync("/benchmarks/tiny/data", Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_participant_with_the_same_name_and_predictions_is_separate()
    {
        await using var server = await TestServer.StartNewAsync();
        var form = UploadForm.Tiny("COOS").Test1(0, 0, 1, 1, 2, 0);
        await server.Client.SubmitScoredAsync(form);
        await server.StopAsync();
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);

        await server.StartAsync();

        var kinds = (await AwaitRowsAsync(server, 2)).Select(r => (string?)r["kind"]).Order();
        Assert.Equal(["baseline", "submission"], kinds);
    }

    [Fact]
    public async Task A_baseline_without_labels_is_scored_when_they_arrive()
    {
        await using var server = new TestServer();
        var labels = Path.Combine(server.Tiny, "labels", "test1.csv");
        var text = await File.ReadAllTextAsync(labels, Cancellation);
        File.Delete(labels);
        server.WriteBaseline("one", labels: [0, 0, 1, 1, 2, 0]);
        await server.StartAsync();
        Assert.Empty(await AwaitRowsAsync(server, 0));

        await File.WriteAllTextAsync(labels, text, Cancellation);

        Assert.Equal("Texture, kNN", (string?)Assert.Single(await AwaitRowsAsync(server, 1))["method"]);
    }

    [Fact]
    public async Task The_first_start_scores_three_texture_baselines_of_the_simulated_benchmark()
    {
        await using var server = new TestServer { HasBundledBaselines = true };
        await server.StartAsync();

        var rows = await AwaitAsync(server, rows => rows.Count >= 5, "/api/benchmarks/coos-sim/leaderboard?kind=baseline&q=Texture");

        Assert.Equal(["Texture, L1 LR", "Texture, RF", "Texture, kNN"], rows.Select(r => (string?)r["method"]).Distinct());
        foreach (var row in rows)
        {
            var submission = await server.Client.GetJsonAsync($"/api/submissions/{row["id"]}");
            Assert.Equal(
                ["test1", "test2", "test3", "test4"],
                submission["evaluation"]!["splits"]!.AsArray().Select(s => (string?)s!["split"])
            );
            Assert.StartsWith("coos baseline bundle", (string?)submission["baseline"]!["run"]!["command"], StringComparison.Ordinal);
        }
    }

    private static Task<List<JsonNode>> AwaitRowsAsync(TestServer server, int count) => AwaitAsync(server, rows => rows.Count == count);

    /// <summary>Waits at most 30 seconds until the leaderboard fulfils a condition.</summary>
    private static async Task<List<JsonNode>> AwaitAsync(TestServer server, Func<List<JsonNode>, bool> condition, string board = Board)
    {
        var start = TimeProvider.System.GetTimestamp();
        List<JsonNode> rows;
        do
        {
            rows = [.. (await server.Client.GetJsonAsync(board))["rows"]!.AsArray().Select(r => r!)];
            if (condition(rows))
            {
                return rows;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        } while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        Assert.Fail(
            string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows: {string.Join(", ", rows.Select(r => r.ToJsonString()))}")
        );
        return rows;
    }
}

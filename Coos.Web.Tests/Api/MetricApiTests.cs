using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Benchmarks that rank by another metric than the balanced error, and scores of groups of images.</summary>
[OneDatabase]
public sealed class MetricApiTests
{
    private const string Ranking = "\"ranking\": { \"metric\": \"balancedError\", \"splits\": [\"test2\"] }";

    /// <summary>Days of test1: two images of the first, four of the second.</summary>
    private const string Test1 = "image_id,label,day\na-0,0,mon\na-1,0,tue\na-2,1,mon\na-3,1,tue\na-4,2,tue\na-5,2,tue\n";

    private const string Test2 = "image_id,label,day\nb-0,0,mon\nb-1,0,mon\nb-2,0,tue\nb-3,1,tue\nb-4,1,tue\nb-5,2,tue\n";

    private const string Message =
        "the file has no probabilities, but Tiny ranks by logLoss, which needs them; "
        + "add the columns p0 to p2, or z0 to z2 for logits, or an array probabilities";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_and_groups_are_in_the_answer()
    {
        await using var server = await StartAsync(
            "\"groups\": [\"day\"], \"metrics\": [\"accuracy\", \"worstGroupAccuracy\", \"logLoss\"], "
                + "\"ranking\": { \"metric\": \"macroF1\", \"splits\": [\"test2\"] }"
        );

        var submission = await server.Client.SubmitScoredAsync(Form().Test1(0, 0, 1, 2, 2, 2).Test2(0, 0, 1, 1, 1, 2));

        // Test1: class 0 has F1 1; class 1 has 1 of 2 images and 1 prediction; class 2 has both images of 3 predictions.
        var split = submission["evaluation"]!["splits"]![0]!;
        var metrics = split["metrics"]!.AsArray();
        Assert.Equal(["macroF1", "accuracy", "worstGroupAccuracy", "logLoss"], metrics.Select(m => (string)m!["id"]!));
        Assert.Equal((1 + (2.0 / 3) + (4.0 / 5)) / 3, (double)metrics[0]!["value"]!, 1e-12);
        Assert.Equal(5.0 / 6, (double)metrics[1]!["value"]!, 1e-12);
        Assert.Equal((0.75, "tue"), ((double)metrics[2]!["value"]!, (string)metrics[2]!["of"]!));
        Assert.Null(metrics[3]!["value"]);
        Assert.Equal("none: logLoss needs probabilities, and the file has none", (string)metrics[3]!["intervalMethod"]!);
        var groups = split["groups"]!.AsArray();
        Assert.Equal([("mon", 2), ("tue", 4)], groups.Select(g => ((string)g!["value"]!, (int)g["images"]!)));
        Assert.Equal(
            [1, 0.75],
            groups.Select(g => (double)g!["metrics"]!.AsArray().Single(m => (string)m!["id"]! == "accuracy")!["value"]!)
        );
        Assert.Equal([1, 0, 1], groups[1]!["sensitivities"]!.AsArray().Select(s => (double)s!));
    }

    [Fact]
    public async Task The_leaderboard_ranks_by_the_metric_and_shows_its_values()
    {
        await using var server = await StartAsync("\"ranking\": { \"metric\": \"accuracy\", \"splits\": { \"test1\": 1, \"test2\": 3 } }");
        await server.Client.SubmitScoredAsync(Form("Worse").Test1(0, 0, 1, 1, 2, 2).Test2(0, 1, 1, 1, 1, 1));
        await server.Client.SubmitScoredAsync(Form("Better").Test1(0, 1, 1, 2, 2, 2).Test2(0, 0, 0, 1, 1, 1));

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");

        Assert.Equal("accuracy", (string)board["ranking"]!["metric"]!);
        var rows = board["rows"]!.AsArray();
        Assert.Equal(["Better", "Worse"], rows.Select(r => (string)r!["method"]!));
        Assert.Equal((0.25 * 4 / 6) + (0.75 * 5 / 6), (double)rows[0]!["score"]!, 1e-12);
        Assert.Equal(5.0 / 6, (double)rows[0]!["splits"]!["test2"]!["value"]!, 1e-12);
        Assert.Null(rows[0]!["splits"]!["test2"]!["balancedError"]);
        Assert.Equal((double)rows[0]!["score"]! - (4.0 / 6), (double)rows[0]!["gap"]!, 1e-12);
        var limits = rows[0]!["scoreInterval"]!.AsArray().Select(l => (double)l!).ToArray();
        Assert.True(limits[0] < (double)rows[0]!["score"]! && (double)rows[0]!["score"]! < limits[1]);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);
        Assert.Contains("Ranked by mean accuracy on Test1 and Test2, weighted 1 : 3; higher is better.", page, StringComparison.Ordinal);
        Assert.Contains("79.17", page, StringComparison.Ordinal);
        var csv = await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard.csv", Cancellation);
        Assert.Contains("0.791666666667", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_entries_are_compared_by_the_metric()
    {
        await using var server = await StartAsync("\"ranking\": { \"metric\": \"macroF1\", \"splits\": [\"test1\", \"test2\"] }");
        var a = await server.Client.SubmitScoredAsync(Form("A").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        var b = await server.Client.SubmitScoredAsync(Form("B").Test1(0, 1, 1, 2, 2, 0).Test2(0, 1, 0, 1, 2, 2));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");

        var split = comparison["splits"]![0]!;
        Assert.Equal(("macroF1", 1.0, 0.5), ((string)split["metric"]!, (double)split["valueA"]!, (double)split["valueB"]!));
        Assert.Equal(-0.5, (double)split["difference"]!, 1e-12);
        Assert.Equal("macroF1", (string)comparison["ranking"]!["metric"]!);
        var interval = split["paired"]!["differenceInterval"]!.AsArray().Select(l => (double)l!).ToArray();
        Assert.InRange(-0.5, interval[0], interval[1]);
        var page = await server.Client.GetStringAsync($"/compare?a={a["id"]}&b={b["id"]}", Cancellation);
        Assert.Contains("Difference in macro F1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_by_the_balanced_accuracy_shows_accuracies()
    {
        await using var server = await StartAsync("\"ranking\": { \"metric\": \"balancedAccuracy\", \"splits\": [\"test1\"] }");
        var a = await server.Client.SubmitScoredAsync(Form("A").Test1(0, 0, 1, 1, 2, 2));
        var b = await server.Client.SubmitScoredAsync(Form("B").Test1(0, 1, 1, 1, 2, 2));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");

        var split = comparison["splits"]![0]!;
        Assert.Equal("balancedAccuracy", (string)split["metric"]!);
        Assert.Equal(1, (double)split["valueA"]!, 1e-12);
        Assert.Equal(5.0 / 6, (double)split["valueB"]!, 1e-12);
        Assert.Equal(-1.0 / 6, (double)split["difference"]!, 1e-12);
        var page = await server.Client.GetStringAsync($"/compare?a={a["id"]}&b={b["id"]}", Cancellation);
        Assert.Contains("Difference in balanced accuracy", page, StringComparison.Ordinal);
        Assert.Contains("83.33", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_of_probabilities_refuses_files_without_them()
    {
        await using var server = await StartAsync("\"quotaPerDay\": 1, \"ranking\": { \"metric\": \"logLoss\", \"splits\": [\"test1\"] }");
        using var response = await server.Client.PostAsync("/api/submissions", Form().Test1(0, 0, 1, 1, 2, 2).Content, Cancellation);

        await ExpectedProblem
            .File(
                "missing-column",
                """
                { "file": "test1", "line": 1, "column": "p0", "code": "missing-column",
                  "message": "MESSAGE" }
                """.Replace("MESSAGE", Message, StringComparison.Ordinal)
            )
            .AssertAsync(response);
        var scored = await server.Client.SubmitScoredAsync(Form().File("test1", CalibrationApiTests.WithProbabilities));
        Assert.Equal("logLoss", (string)scored["evaluation"]!["splits"]![0]!["metrics"]![0]!["id"]!);
        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        Assert.Equal((double)scored["evaluation"]!["splits"]![0]!["metrics"]![0]!["value"]!, (double)board["rows"]![0]!["score"]!, 1e-11);
    }

    [Fact]
    public async Task Entries_are_rescored_when_the_manifest_names_another_metric()
    {
        await using var server = await StartAsync(Ranking);
        await server.Client.SubmitScoredAsync(Form().Test1(0, 0, 1, 1, 2, 2).Test2(0, 1, 1, 1, 1, 1));
        await server.StopAsync();
        await server.ReplaceInManifestAsync("\"metric\": \"balancedError\"", "\"metric\": \"accuracy\"");
        await server.StartAsync();

        var board = await server.AwaitBoardAsync("tiny", b => b["rows"]!.AsArray() is [{ } row] && row["score"] is not null);

        Assert.Equal(0.5, (double)board["rows"]![0]!["score"]!, 1e-12);
    }

    [Fact]
    public async Task A_guarded_benchmark_shows_the_rounded_metric_alone()
    {
        await using var server = new TestServer();
        await WriteAsync(
            server,
            "\"groups\": [\"day\"], \"metrics\": [\"macroF1\"], \"sealed\": { \"share\": 0 }, \"maximumGain\": 1, "
                + "\"disclosureSplits\": [\"test2\"], \"ranking\": { \"metric\": \"accuracy\", \"splits\": [\"test2\"] }"
        );
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"disclosure\": \"guarded\"");
        await server.StartAsync(settings: ["--Coos:Access:Participation=Open"]);
        var account = await TestAccount.RegisterAsync(server, "Participant");
        using var client = await account.CreateClientAsync();

        var submission = await client.SubmitScoredAsync(Form().Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 1, 1, 1, 1));

        var evaluation = submission["evaluation"]!;
        Assert.Equal(("accuracy", 0.667), ((string)evaluation["mean"]!["metric"]!, (double)evaluation["mean"]!["value"]!));
        var split = Assert.Single(evaluation["splits"]!.AsArray())!.AsObject();
        Assert.Equal(["split", "images", "metrics", "classes", "labelsHash", "predictionsHash"], split.Select(p => p.Key));
        Assert.Equal("accuracy", (string)Assert.Single(split["metrics"]!.AsArray())!["id"]!);
        Assert.Equal(0.667, (double)split["metrics"]![0]!["value"]!);
        Assert.Empty(split["classes"]!.AsArray());
    }

    private static UploadForm Form(string method = "Method") => UploadForm.Tiny(nameof(MetricApiTests), method);

    private static async Task<TestServer> StartAsync(string properties)
    {
        var server = new TestServer();
        await WriteAsync(server, properties);
        await server.StartAsync();
        return server;
    }

    private static async Task WriteAsync(TestServer server, string properties)
    {
        await server.ReplaceInManifestAsync(Ranking, properties);
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), Test1, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test2.csv"), Test2, Cancellation);
    }
}

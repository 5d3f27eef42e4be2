using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>New labels change all scores of a leaderboard at once, even if the server crashes, and the change is recorded.</summary>
public sealed class BoardSwapTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_old_leaderboard_is_shown_until_the_last_entry_is_rescored()
    {
        await using var server = await StartScoredAsync();
        var old = Scores(await server.AwaitBoardAsync("wide"));
        Guid[] ids = await RestartWithNewLabelsAsync(server);

        await ScoreAsync(server, ids[0]);
        await ScoreAsync(server, ids[1]);
        Assert.Equal(old, Scores(await server.AwaitBoardAsync("wide")));
        Assert.Contains(
            "3 entries are being rescored",
            await server.Client.GetStringAsync("/benchmarks/wide", Cancellation),
            StringComparison.Ordinal
        );

        await ScoreAsync(server, ids[2]);
        Assert.Equal("Second 0.03333; Third 0.1; First 0.2", Scores(await server.AwaitBoardAsync("wide")));
    }

    [Fact]
    public async Task A_change_is_recorded_with_reason_and_ranks_before_and_after()
    {
        await using var server = await StartScoredAsync();
        foreach (var id in await RestartWithNewLabelsAsync(server))
        {
            await ScoreAsync(server, id);
        }

        var changes = (await server.Client.GetJsonAsync("/api/benchmarks/wide/changes")).AsArray();
        var page = System.Net.WebUtility.HtmlDecode(await server.Client.GetStringAsync("/benchmarks/wide/changes", Cancellation));

        var change = Assert.Single(changes)!;
        Assert.Equal(["test2", "test3"], change["labels"]!.AsArray().Select(l => (string)l!["split"]!));
        Assert.All(change["labels"]!.AsArray(), l => Assert.NotEqual((string)l!["before"]!, (string)l["after"]!));
        Assert.Equal((string)change["evaluatorBefore"]!, (string)change["evaluatorAfter"]!);
        Assert.Equal(
            "Second 2>1 0.1667>0.03333; Third 3>2 0.3>0.1; First 1>3 0>0.2",
            string.Join(
                    "; ",
                    change["entries"]!
                        .AsArray()
                        .Select(e =>
                            $"{e!["method"]} {e["rankBefore"]}>{e["rankAfter"]} "
                            + $"{(double)e["scoreBefore"]!:0.####}>{(double)e["scoreAfter"]!:0.#####}"
                        )
                )
                .Replace("0.16667", "0.1667", StringComparison.Ordinal)
        );
        Assert.Contains("new labels", page, StringComparison.Ordinal);
        Assert.Contains("The rank of 3 entries changed.", page, StringComparison.Ordinal);
        Assert.Contains("\u25B2 up 1", page, StringComparison.Ordinal);
        Assert.Contains("\u25BC down 2", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_during_rescoring_is_scored_at_once_and_listed_with_the_new_scores()
    {
        await using var server = await StartScoredAsync();
        Guid[] ids = await RestartWithNewLabelsAsync(server);
        await ScoreAsync(server, ids[0]);
        var late = await InsertLateAsync(server);

        await ScoreAsync(server, late);
        Assert.NotNull((await server.Client.GetJsonAsync($"/api/submissions/{late}"))["evaluation"]);
        Assert.Equal(3, (await server.AwaitBoardAsync("wide"))["rows"]!.AsArray().Count);
        Assert.Null((await SubmissionRow.FindAsync(server, late)).PublishedAt);
        Assert.Contains(
            "1 new entry will be added then.",
            await server.Client.GetStringAsync("/benchmarks/wide", Cancellation),
            StringComparison.Ordinal
        );

        await ScoreAsync(server, ids[1]);
        await ScoreAsync(server, ids[2]);
        var board = await server.AwaitBoardAsync("wide");
        Assert.Equal(4, board["rows"]!.AsArray().Count);
        Assert.NotNull((await SubmissionRow.FindAsync(server, late)).PublishedAt);
        var change = (await server.Client.GetJsonAsync("/api/benchmarks/wide/changes"))[0]!;
        Assert.Contains(
            change["entries"]!.AsArray(),
            e => (Guid)e!["id"]! == late && e["rankBefore"] is null && e["rankAfter"] is not null
        );
    }

    [Fact]
    public async Task After_a_crash_the_old_leaderboard_is_shown_and_rescoring_continues()
    {
        await using var server = await StartScoredAsync();
        var old = Scores(await server.AwaitBoardAsync("wide"));
        await ScoreAsync(server, (await RestartWithNewLabelsAsync(server))[0]);

        await server.StopAsync();
        await server.StartAsync("web");
        Assert.Equal(old, Scores(await server.AwaitBoardAsync("wide")));

        await server.RestartAsync();
        var board = await server.AwaitBoardAsync("wide", b => Scores(b) != old);
        Assert.Equal("Second 0.03333; Third 0.1; First 0.2", Scores(board));
        Assert.Single((await server.Client.GetJsonAsync("/api/benchmarks/wide/changes")).AsArray());
    }

    [Fact]
    public async Task The_sweep_publishes_scores_that_were_complete_before_a_crash()
    {
        await using var server = await StartScoredAsync();
        var old = Scores(await server.AwaitBoardAsync("wide"));
        Guid[] ids = await RestartWithNewLabelsAsync(server);
        await ScoreAsync(server, ids[0]);
        await ScoreAsync(server, ids[1]);
        await using (var database = await server.OpenDatabaseAsync())
        {
            // The third entry was deleted, so no evaluator is left that would publish the scores.
            await database
                .Submissions.Where(s => s.Id == ids[2])
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.CurrentEvaluationId, (Guid?)null), Cancellation);
            await database.Submissions.Where(s => s.Id == ids[2]).ExecuteDeleteAsync(Cancellation);
        }

        await ActivatorUtilities.CreateInstance<ScoringSweep>(server.Services).SwapAsync(Cancellation);

        var board = await server.AwaitBoardAsync("wide");
        Assert.NotEqual(old, Scores(board));
        Assert.Equal(2, board["rows"]!.AsArray().Count);
    }

    [Fact]
    public async Task Labels_that_change_again_replace_unpublished_scores()
    {
        await using var server = await StartScoredAsync();
        var old = Scores(await server.AwaitBoardAsync("wide"));
        await ScoreAsync(server, (await RestartWithNewLabelsAsync(server))[0]);

        await server.StopAsync();
        WideBenchmark.WriteLabels(server, "test2");
        WideBenchmark.WriteLabels(server, "test3");
        await server.StartAsync();

        await using var database = await server.OpenDatabaseAsync();
        foreach (var id in await database.Submissions.Select(s => s.Id).ToListAsync(Cancellation))
        {
            await SubmissionRow.AwaitAsync(server, id, s => s is { Status: SubmissionStatus.Scored, PendingEvaluationId: null });
        }

        Assert.Equal(old, Scores(await server.AwaitBoardAsync("wide")));
        Assert.Empty((await server.Client.GetJsonAsync("/api/benchmarks/wide/changes")).AsArray());
    }

    [Theory]
    [InlineData("2 of old labels", SubmissionStatus.Scored)]
    [InlineData(null, SubmissionStatus.Scored)]
    [InlineData("{now}", SubmissionStatus.Failed)]
    public async Task Failed_submissions_are_retried_only_with_new_labels_or_a_new_evaluator(string? failedWith, SubmissionStatus expected)
    {
        await using var server = await TestServer.StartNewAsync();
        var id = await SubmissionRow.InsertAsync(server, s => s.Status = SubmissionStatus.Failed);
        var version =
            failedWith == "{now}"
                ? ActiveLabelVersions.VersionFor(server.Services.GetRequiredService<LabelStore>(), TinyBenchmark.Slug, ["test1"])
                : failedWith;
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Submissions.ExecuteUpdateAsync(set => set.SetProperty(s => s.FailedVersion, version), Cancellation);
        }

        await server.RestartAsync();

        if (expected == SubmissionStatus.Scored)
        {
            await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored);
        }
        else
        {
            Assert.Equal(SubmissionStatus.Failed, (await SubmissionRow.FindAsync(server, id)).Status);
        }
    }

    [Fact]
    public async Task Changes_of_an_unknown_benchmark_are_not_found()
    {
        await using var server = await TestServer.StartNewAsync();

        using var response = await server.Client.GetAsync("/api/benchmarks/no-such/changes", Cancellation);
        using var page = await server.Client.GetAsync("/benchmarks/no-such/changes", Cancellation);

        Assert.Equal((System.Net.HttpStatusCode.NotFound, System.Net.HttpStatusCode.NotFound), (response.StatusCode, page.StatusCode));
    }

    /// <summary>Starts a server with three entries that have 0, 50 and 90 of 300 images wrong under shift.</summary>
    private static async Task<TestServer> StartScoredAsync()
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        await server.SubmitAsync("First", 0, 0, 0);
        await server.SubmitAsync("Second", 0, 50, 50);
        await server.SubmitAsync("Third", 0, 90, 90);
        await server.SubmitAsync("Fourth", 5);
        await using var database = await server.OpenDatabaseAsync();
        await database
            .Submissions.Where(s => s.Method == "Fourth")
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Visibility, SubmissionVisibility.Private), Cancellation);
        return server;
    }

    /// <summary>Restarts without an evaluator and with 60 labels flipped.</summary>
    /// <returns>The submissions that wait for rescoring.</returns>
    private static async Task<Guid[]> RestartWithNewLabelsAsync(TestServer server)
    {
        await server.StopAsync();
        WideBenchmark.WriteLabels(server, "test2", flipped: 60);
        WideBenchmark.WriteLabels(server, "test3", flipped: 60);
        await server.StartAsync("web");
        await using var database = await server.OpenDatabaseAsync();
        return
        [
            .. await database
                .Submissions.Where(s => s.Status == SubmissionStatus.Received)
                .OrderBy(s => s.CreatedAt)
                .Select(s => s.Id)
                .ToListAsync(Cancellation),
        ];
    }

    private static Task ScoreAsync(TestServer server, Guid id) =>
        server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation);

    /// <summary>
    /// Inserts a submission with the predictions of another directly into the database, because this server does not score.
    /// </summary>
    private static async Task<Guid> InsertLateAsync(TestServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        var model = await database
            .Submissions.Include(s => s.Files)
                .ThenInclude(f => f.Original)
            .FirstAsync(s => s.Method == "Second", Cancellation);
        var row = new Coos.Server.Data.Submission
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            Benchmark = model.Benchmark,
            Method = "Late",
            Submitter = "Late",
            SubmitterKey = "LATE",
            Status = SubmissionStatus.Received,
            PredictionsHash = model.PredictionsHash,
            CreatedAt = model.CreatedAt.AddHours(1),
        };
        foreach (var file in model.Files)
        {
            row.Files.Add(
                new Coos.Server.Data.PredictionFile
                {
                    Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                    Split = file.Split,
                    Classes = file.Classes,
                    ImagesHash = file.ImagesHash,
                    Hash = file.Hash,
                    Original = new Coos.Server.Data.OriginalUpload { Content = file.Original.Content },
                }
            );
        }

        database.Add(row);
        await database.SaveChangesAsync(Cancellation);
        return row.Id;
    }

    private static string Scores(JsonNode board) =>
        string.Join(
            "; ",
            board["rows"]!
                .AsArray()
                .Select(r => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{r!["method"]} {(double?)r["score"]:G4}"))
        );
}

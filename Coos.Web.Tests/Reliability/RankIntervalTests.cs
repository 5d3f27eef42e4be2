using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Rank intervals are updated when entries are added, removed and rescored.</summary>
[OneDatabase]
public sealed class RankIntervalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_without_a_shown_difference_share_an_interval_and_are_marked()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Close", 4, 11, 11);
        await server.SubmitAsync("Best", 3, 10, 10);
        await server.SubmitAsync("Bad", 30, 90, 90);
        await server.SubmitAsync("Partial", 1);

        var board = await server.AwaitBoardAsync("wide");

        Assert.Equal("Best 1 1-2 tied; Close 2 1-2 tied; Bad 3 3-3; Partial - -", board.FormatRanks());
        JsonShape.AssertMatches(
            """
            { "metric": "balancedError", "intervals": "ready", "tested": 3, "untested": 0, "unit": "image", "tiedWithBest": 2,
              "conclusion": "No difference is shown between the best entry and one other on Test2 and Test3." }
            """,
            board["ranking"]!
        );
        var page = await server.Client.GetStringAsync("/benchmarks/wide", Cancellation);
        Assert.Contains("No difference is shown between the best entry and one other on Test2 and Test3.", page, StringComparison.Ordinal);
        // Once, below the second row.
        Assert.Equal(1, page.Split("no difference shown from the best").Length - 1);
        Assert.Equal(2, page.Split("class=\"tie-rule\"")[0].Split("<tr class=\"tied\">").Length - 1);
        var byName = await server.Client.GetStringAsync("/benchmarks/wide?sort=method", Cancellation);
        Assert.Equal(2, byName.Split("<span class=\"tie\">no difference shown from the best</span>").Length - 1);
        Assert.Contains("by mean, 95% range", byName, StringComparison.Ordinal);
        Assert.Contains("<small>1\u20132</small>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    /// <summary>A request waits briefly for the tests; if they take longer, a later request shows the intervals.</summary>
    [Fact]
    public async Task The_page_says_that_intervals_are_being_computed_and_is_refreshed_afterwards()
    {
        var gate = new TaskCompletionSource();
        await using var server = new TestServer { Replace = services => SlowEvidence.Use(services, gate.Task) };
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        await server.SubmitAsync("Best", 3, 10, 10);
        await server.SubmitAsync("Bad", 30, 90, 90);

        var early = await server.Client.GetStringAsync("/benchmarks/wide", Cancellation);
        gate.SetResult();
        var board = await server.AwaitBoardAsync("wide");
        var late = early;
        for (var wait = 0; late.Contains("being computed", StringComparison.Ordinal) && wait < 100; wait++)
        {
            // The cached page expires shortly after the intervals are computed.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            late = await server.Client.GetStringAsync("/benchmarks/wide", Cancellation);
        }

        Assert.Contains("Rank intervals of 2 entries are being computed.", early, StringComparison.Ordinal);
        Assert.DoesNotContain("<small>1&#x2013;1</small>", early, StringComparison.Ordinal);
        Assert.Equal("Best 1 1-1; Bad 2 2-2", board.FormatRanks());
        Assert.Contains("Best is significantly better than the other entry on Test2 and Test3", late, StringComparison.Ordinal);
        Assert.DoesNotContain("being computed", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_CSV_has_the_same_values_and_empty_cells_for_missing_ones()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Best, \"quoted\"", 3, 15, 15);
        await server.SubmitAsync("Bad", 30, 90, 90);
        await server.SubmitAsync("Partial", 3);
        await server.AwaitBoardAsync("wide");

        var lines = (await server.Client.GetStringAsync("/api/benchmarks/wide/leaderboard.csv", Cancellation)).Split('\n');

        Assert.Equal(5, lines.Length);
        Assert.StartsWith("rank,rank_lowest,rank_highest,tied_with_best,id,method,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1,1,1,false,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"Best, \"\"quoted\"\"\",", lines[1], StringComparison.Ordinal);
        Assert.Contains(",0.05,0.04,test2,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",test2,test2_lower,test2_upper,test2_interval_method,", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            ",score_lower,score_upper,gap_lower,gap_upper,withheld,rank_logit_mean,rank_worst_split,rank_all_shifted,run,",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            ",\"per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated\",",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith("2,2,2,false,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(",,,,", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_and_deleted_entries_are_neither_ranked_nor_tested()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Best", 3, 10, 10);
        await server.SubmitAsync("Second", 4, 60, 60);
        await server.SubmitAsync("Third", 4, 120, 120);
        Assert.Equal("Best 1 1-1; Second 2 2-2; Third 3 3-3", (await server.AwaitBoardAsync("wide")).FormatRanks());
        Assert.DoesNotContain(
            "no difference shown from the best",
            await server.Client.GetStringAsync("/benchmarks/wide", Cancellation),
            StringComparison.Ordinal
        );
        Assert.Equal(0, (int)(await server.AwaitBoardAsync("wide"))["ranking"]!["tiedWithBest"]!);

        await using (var database = await server.OpenDatabaseAsync())
        {
            await database
                .Submissions.Where(s => s.Method == "Best")
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Visibility, SubmissionVisibility.Private), Cancellation);
        }

        await server.Services.GetRequiredService<ResultVersions>().InvalidateAsync("wide");
        Assert.Equal("Second 1 1-1; Third 2 2-2", (await server.AwaitBoardAsync("wide")).FormatRanks());

        await using (var database = await server.OpenDatabaseAsync())
        {
            await database
                .Submissions.Where(s => s.Method == "Second")
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.CurrentEvaluationId, (Guid?)null), Cancellation);
            await database.Submissions.Where(s => s.Method == "Second").ExecuteDeleteAsync(Cancellation);
        }

        await server.Services.GetRequiredService<ResultVersions>().InvalidateAsync("wide");
        var board = await server.AwaitBoardAsync("wide");
        Assert.Equal("Third 1 -", board.FormatRanks());
        Assert.Equal("none", (string?)board["ranking"]!["intervals"]);
    }

    [Fact]
    public async Task New_labels_repeat_the_tests()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Right by the old", 0, 0, 0);
        await server.SubmitAsync("Right by the new", 0, 60, 60);
        Assert.Equal("Right by the old 1 1-1; Right by the new 2 2-2", (await server.AwaitBoardAsync("wide")).FormatRanks());

        await server.StopAsync();
        WideBenchmark.WriteLabels(server, "test2", flipped: 60);
        WideBenchmark.WriteLabels(server, "test3", flipped: 60);
        await server.StartAsync();

        var board = await server.AwaitBoardAsync("wide", b => (string?)b["rows"]![0]!["method"] == "Right by the new");
        Assert.Equal("Right by the new 1 1-1; Right by the old 2 2-2", board.FormatRanks());
    }

    [Fact]
    public async Task The_cost_of_the_shift_has_intervals()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Shifted", 3, 15, 30);

        var row = (await server.AwaitBoardAsync("wide"))["rows"]![0]!;

        var generalisation = row["generalisation"]!;
        Assert.Equal("test3", (string?)generalisation["worstSplit"]);
        Assert.Equal(0.09, (double)generalisation["gaps"]!["test3"]!["gap"]!, 1e-12);
        Assert.Equal(0.04, (double)generalisation["gaps"]!["test2"]!["gap"]!, 1e-12);
        var (e, r) = (row["splits"]!["test3"]!, row["splits"]!["test1"]!);
        var lower = 0.09 - Math.Sqrt(Math.Pow(0.1 - Limit(e, 0), 2) + Math.Pow(Limit(r, 1) - 0.01, 2));
        Assert.Equal(lower, (double)generalisation["gaps"]!["test3"]!["interval"]![0]!, 1e-9);
        Assert.Null(generalisation["effectiveRobustness"]);

        // Score and gap are computed by MOVER from the intervals of test2 and test3, and then of the reference.
        var d = row["splits"]!["test2"]!;
        var below = Math.Sqrt(Math.Pow(0.05 - Limit(d, 0), 2) + Math.Pow(0.1 - Limit(e, 0), 2)) / 2;
        Assert.Equal(0.075 - below, (double)row["scoreInterval"]![0]!, 1e-9);
        Assert.Equal(0.065 - Math.Sqrt(Math.Pow(below, 2) + Math.Pow(Limit(r, 1) - 0.01, 2)), (double)row["gapInterval"]![0]!, 1e-9);
    }

    [Fact]
    public async Task Leaderboards_give_the_method_of_their_intervals()
    {
        const string Method = "per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated";
        await using var server = await StartAsync();
        await server.SubmitAsync("Entry", 3, 15, 30);

        var row = (await server.AwaitBoardAsync("wide"))["rows"]![0]!;

        Assert.All(row["splits"]!.AsObject(), s => Assert.Equal(Method, (string?)s.Value!["intervalMethod"]));
        foreach (
            var path in new[]
            {
                "/benchmarks/wide",
                "/benchmarks/wide/generalisation",
                "/benchmarks/wide?copy=markdown",
                "/api/benchmarks/wide/leaderboard.tex",
            }
        )
        {
            // An unescaped % starts a comment in LaTeX.
            var text = (await server.Client.GetStringAsync(path, Cancellation)).Replace("\\%", "%", StringComparison.Ordinal);
            Assert.Contains($"95% intervals {Method}.", text, StringComparison.Ordinal);
        }
    }

    /// <summary>The comparison of two entries agrees with the leaderboard.</summary>
    [Fact]
    public async Task The_comparison_of_two_entries_uses_the_test_of_the_leaderboard()
    {
        await using var server = await StartAsync();
        var a = await server.SubmitAsync("Better", 3, 10, 10);
        var b = await server.SubmitAsync("Worse", 4, 22, 16);

        var board = await server.AwaitBoardAsync("wide");
        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");

        // 18 discordant images of equal weight, all in favour of A: the mid-p of the flips is 2^-18, and p is the larger one of the normal
        // distribution. Two entries are one pair, so Holm does not change it.
        Assert.InRange((double)comparison["ranking"]!["p"]!, 1 / Math.Pow(2, 18), 0.0001);
        Assert.Equal(-0.03, (double)comparison["ranking"]!["difference"]!, 1e-12);
        Assert.Equal("a", (string?)comparison["ranking"]!["better"]);
        Assert.StartsWith(
            "A is significantly better than B by the mean of Test2 and Test3, which determines the rank. ",
            (string?)comparison["verdict"],
            StringComparison.Ordinal
        );
        Assert.Equal("Better 1 1-1; Worse 2 2-2", board.FormatRanks());
        Assert.Contains(
            "of Test2 and Test3, for the rank",
            await server.Client.GetStringAsync($"/compare?a={a["id"]}&b={b["id"]}", Cancellation),
            StringComparison.Ordinal
        );
    }

    /// <summary>Blocks reading of predictions for the paired tests until the gate is open, and nothing else.</summary>
    private sealed class SlowEvidence(IDbContextFactory<CoosDbContext> databases, Task gate) : IDbContextFactory<CoosDbContext>
    {
        public static void Use(IServiceCollection services, Task gate) =>
            services.Replace(
                ServiceDescriptor.Singleton(provider => new EvidenceReader(
                    new SlowEvidence(provider.GetRequiredService<IDbContextFactory<CoosDbContext>>(), gate),
                    provider.GetRequiredService<LabelStore>(),
                    provider.GetRequiredService<SealedParts>()
                ))
            );

        public CoosDbContext CreateDbContext() => throw new NotSupportedException("Evidence is read asynchronously.");

        public async Task<CoosDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await gate.WaitAsync(cancellationToken);
            return await databases.CreateDbContextAsync(cancellationToken);
        }
    }

    private static double Limit(JsonNode score, int end) => (double)score["balancedErrorInterval"]![end]!;

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        return server;
    }
}

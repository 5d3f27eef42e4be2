using System.Text.Json.Nodes;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Reads and waits for leaderboards.</summary>
internal static class LeaderboardExtensions
{
    /// <summary>
    /// Waits at most 30 seconds until the rank intervals are computed and a condition holds, and returns the leaderboard.
    /// </summary>
    public static async Task<JsonNode> AwaitBoardAsync(this TestServer server, string slug, Func<JsonNode, bool>? condition = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var board = await server.Client.GetJsonAsync($"/api/benchmarks/{slug}/leaderboard");
            var isReady = (string?)board["ranking"]!["intervals"] is not "computing" && (condition?.Invoke(board) ?? true);
            if (isReady || TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
            {
                Assert.True(isReady, board.ToJsonString());
                return board;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits at most 30 seconds until a leaderboard under a mix meets a condition, and returns it.</summary>
    public static async Task<JsonNode> AwaitMixAsync(this TestServer server, string path, Func<JsonNode, bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var board = await server.Client.GetJsonAsync(path);
            if (condition(board) || TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
            {
                Assert.True(condition(board), board.ToJsonString());
                return board;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Submits to the wide benchmark, with a submitter of its own for each method.</summary>
    public static Task<JsonNode> SubmitAsync(this TestServer server, string method, params int[] wrong) =>
        server.Client.SubmitScoredAsync(WideBenchmark.Submission(method, $"Lab of {method.Replace('"', ' ')}", wrong));

    /// <summary>The path to the evaluations of the first entry of the tiny benchmark.</summary>
    public static async Task<string> FirstEvaluationsAsync(this TestServer server) =>
        $"/api/submissions/{(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["rows"]![0]!["id"]}/evaluations";

    /// <summary>Formats a leaderboard in one line: method, rank, interval, and whether it is tied with the best.</summary>
    public static string FormatRanks(this JsonNode board) =>
        string.Join(
            "; ",
            board["rows"]!
                .AsArray()
                .Select(r =>
                {
                    var interval = r!["rankInterval"] is { } limits ? $"{limits[0]}-{limits[1]}" : "-";
                    var tied = (bool?)r["tiedWithBest"] == true ? " tied" : "";
                    return $"{r["method"]} {r["rank"]?.ToString() ?? "-"} {interval}{tied}";
                })
        );
}

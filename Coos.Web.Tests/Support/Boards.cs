using System.Text.Json.Nodes;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Reads leaderboards until they say what a test waits for.</summary>
internal static class Boards
{
    /// <summary>The leaderboard once its rank intervals are computed and a condition holds, at most half a minute later.</summary>
    public static async Task<JsonNode> AwaitBoardAsync(this OwnServer server, string slug, Func<JsonNode, bool>? condition = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var board = await server.Client.GetJsonAsync($"/api/benchmarks/{slug}/leaderboard");
            var isThere = (string?)board["ranking"]!["intervals"] is not "computing" && (condition?.Invoke(board) ?? true);
            if (isThere || TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
            {
                Assert.True(isThere, board.ToJsonString());
                return board;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Submits to the wide benchmark; each method is its own submitter.</summary>
    public static Task<JsonNode> SubmitAsync(this OwnServer server, string method, params int[] wrong) =>
        server.Client.SubmitScoredAsync(WideBenchmark.Submission(method, $"Lab of {method.Replace('"', ' ')}", wrong));

    /// <summary>The path of the evaluations of the tiny benchmark's first entry.</summary>
    public static async Task<string> FirstEvaluationsAsync(this OwnServer server) =>
        $"/api/submissions/{(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["rows"]![0]!["id"]}/evaluations";

    /// <summary>A board in one line: method, rank, interval, whether it is tied with the best.</summary>
    public static string Ranks(this JsonNode board) =>
        string.Join(
            "; ",
            board["rows"]!
                .AsArray()
                .Select(r =>
                    $"{r!["method"]} {r["rank"]?.ToString() ?? "-"} {(r["rankInterval"] is { } interval ? $"{interval[0]}-{interval[1]}" : "-")}{((bool?)r["tiedWithBest"] == true ? " tied" : "")}"
                )
        );
}

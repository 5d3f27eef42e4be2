using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>A database that an older version left.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_from_before_boards_named_methods_get_them_from_their_reports()
    {
        await using var server = await OwnServer.StartedAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Old lab").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 1));
        await GoBackBeforeAsync(server, "IntervalMethods");

        await server.RestartAsync();

        var row = (await server.AwaitBoardAsync("tiny"))["rows"]![0]!;
        Assert.Equal(["test1", "test2"], row["splits"]!.AsObject().Select(s => s.Key));
        Assert.All(row["splits"]!.AsObject(), s => Assert.Equal("per image (Wilson, Sterne mid-p); too narrow if images of one plate are alike", (string?)s.Value!["intervalMethod"]));
    }

    [Fact]
    public async Task What_stood_on_a_board_before_boards_kept_since_when_stands_there_since_it_was_sent()
    {
        await using var server = await OwnServer.StartedAsync();
        var shown = (Guid)(await server.Client.SubmitScoredAsync(UploadForm.Tiny("Old lab", "Shown").Test2(0, 0, 0, 1, 1, 1)))["id"]!;
        var draft = (Guid)(await server.Client.SubmitScoredAsync(UploadForm.Tiny("Old lab", "Draft").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2)))["id"]!;
        var hidden = (Guid)(await server.Client.SubmitScoredAsync(UploadForm.Tiny("Old lab", "Hidden").Test2(0, 0, 0, 1, 1, 0)))["id"]!;
        var failed = await SubmissionRow.InsertAsync(server, s => s.Status = Shared.Submissions.SubmissionStatus.Failed);
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Submissions.Where(s => s.Id == hidden).ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenAt, DateTime.UnixEpoch), Cancellation);
        }

        await GoBackBeforeAsync(server, "PublishedAt");
        await server.StopAsync();
        await server.StartAsync("web");

        var row = await SubmissionRow.FindAsync(server, shown);
        Assert.Equal(row.CreatedAt, row.PublishedAt);
        foreach (var id in new[] { draft, hidden, failed })
        {
            Assert.Null((await SubmissionRow.FindAsync(server, id)).PublishedAt);
        }

        var feed = await server.Client.GetStringAsync("/benchmarks/tiny/feed.atom", Cancellation);
        Assert.Contains($"urn:uuid:{shown}", feed, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.ToString(), feed, StringComparison.Ordinal);
    }

    private static async Task GoBackBeforeAsync(OwnServer server, string migration)
    {
        await using var database = await server.OpenDatabaseAsync();
        var before = (await database.Database.GetAppliedMigrationsAsync(Cancellation)).TakeWhile(m => !m.EndsWith("_" + migration, StringComparison.Ordinal)).Last();
        await database.GetService<IMigrator>().MigrateAsync(before, Cancellation);
    }
}

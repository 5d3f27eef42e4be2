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
        await using (var database = await server.OpenDatabaseAsync())
        {
            var before = (await database.Database.GetAppliedMigrationsAsync(Cancellation)).TakeWhile(m => !m.EndsWith("_IntervalMethods", StringComparison.Ordinal)).Last();
            await database.GetService<IMigrator>().MigrateAsync(before, Cancellation);
        }

        await server.RestartAsync();

        var row = (await server.AwaitBoardAsync("tiny"))["rows"]![0]!;
        Assert.Equal(["test1", "test2"], row["splits"]!.AsObject().Select(s => s.Key));
        Assert.All(row["splits"]!.AsObject(), s => Assert.Equal("per image (Wilson, Sterne mid-p); too narrow if images of one plate are alike", (string?)s.Value!["intervalMethod"]));
    }
}

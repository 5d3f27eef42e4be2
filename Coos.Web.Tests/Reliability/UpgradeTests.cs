using Coos.Server.Configuration;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Databases of other versions.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_with_an_unknown_migration_stops_the_start_and_is_not_changed()
    {
        await using var server = await TestServer.StartNewAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Lab").Test1(0, 0, 1, 1, 2, 0));
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Future', '99.0.0')""",
                Cancellation
            );
        }

        await server.StopAsync();
        var refused = await Assert.ThrowsAsync<StartException>(() => server.StartAsync("web"));

        Assert.Contains("29990101000000_Future, which this version does not know", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        await using (var database = await server.OpenDatabaseAsync())
        {
            Assert.Equal(1, await database.Submissions.CountAsync(Cancellation));
            await database.Database.ExecuteSqlAsync(
                $"""DELETE FROM "__EFMigrationsHistory" WHERE "ProductVersion" = '99.0.0'""",
                Cancellation
            );
        }

        await server.StopAsync();
        await server.StartAsync("web");
        Assert.Equal(1, (int)(await server.AwaitBoardAsync("tiny"))["total"]!);
    }
}

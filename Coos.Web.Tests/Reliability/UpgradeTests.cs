using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
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

    [Theory]
    [InlineData(SubmissionKind.Submission, "Lab", true, false, Verification.Organiser)]
    [InlineData(SubmissionKind.Submission, "Lab", false, false, Verification.None)]
    [InlineData(SubmissionKind.Submission, "Lab", true, true, Verification.SignedIn)]
    [InlineData(SubmissionKind.Submission, "Lab", false, true, Verification.SignedIn)]
    [InlineData(SubmissionKind.Submission, "Anonymous", true, false, Verification.SignedIn)]
    [InlineData(SubmissionKind.Baseline, "COOS", true, false, null)]
    public async Task The_old_mark_of_verified_submissions_becomes_what_it_stood_for(
        SubmissionKind kind,
        string submitter,
        bool isVerified,
        bool hasAccount,
        Verification? expected
    )
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Cancellation);
        await using var database = new CoosDbContext(new DbContextOptionsBuilder<CoosDbContext>().UseSqlite(connection).Options);
        var migrator = database.GetService<IMigrator>();
        await migrator.MigrateAsync("Names", Cancellation);
        var id = new Guid("11111111-1111-1111-1111-111111111111");
        Guid? owner = hasAccount ? new Guid("22222222-2222-2222-2222-222222222222") : null;
        await database.Database.ExecuteSqlAsync(
            $"""
            PRAGMA foreign_keys = OFF;
            INSERT INTO "Submissions" ("Id", "Benchmark", "Method", "Submitter", "SubmitterKey", "Kind", "Status", "Visibility",
                "PredictionsHash", "CreatedAt", "Attempts", "IsVerified", "OwnerId")
            VALUES ({id}, 'tiny', 'Old', {submitter}, 'KEY', {kind}, 0, 0, 'hash', '2026-01-01', 0, {isVerified}, {owner})
            """,
            Cancellation
        );

        await migrator.MigrateAsync(cancellationToken: Cancellation);

        Assert.Equal(expected, (await database.Submissions.SingleAsync(s => s.Id == id, Cancellation)).Verification);
    }
}

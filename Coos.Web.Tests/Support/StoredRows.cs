using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>The number of rows that submissions have in each table.</summary>
internal sealed record StoredRows(int Submissions, int Files, int Originals, int Evaluations, int Scores)
{
    /// <summary>Counts the submissions of participants, without bundled baselines.</summary>
    public static async Task<int> CountSubmittedAsync(IServiceProvider services)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync(cancellation);
        return await database.Submissions.CountAsync(s => s.Kind == Shared.Submissions.SubmissionKind.Submission, cancellation);
    }

    public static async Task<StoredRows> CountAsync(IServiceProvider services)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync(cancellation);
        return new StoredRows(
            await database.Submissions.CountAsync(cancellation),
            await database.PredictionFiles.CountAsync(cancellation),
            await database.Set<OriginalUpload>().CountAsync(cancellation),
            await database.Evaluations.CountAsync(cancellation),
            await database.SplitScores.CountAsync(cancellation)
        );
    }
}

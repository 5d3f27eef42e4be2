using Coos.Models.Dials;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Writes predictions of changed images, as a run of a model does.</summary>
internal static class DialRows
{
    /// <summary>Adds predictions of test1 of the tiny benchmark for every dial and level.</summary>
    /// <param name="server">The server.</param>
    /// <param name="id">The submission.</param>
    /// <param name="predict">The six classes that are predicted for a dial at a level.</param>
    public static async Task InsertAsync(TestServer server, Guid id, Func<DialStep, ushort[]> predict)
    {
        var clock = server.Services.GetRequiredService<TimeProvider>();
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, "test1", out var labels));
        await using var database = await server.OpenDatabaseAsync();
        database.AddRange(
            ShiftDials
                .List(64, 64)
                .Select(step => new DialPrediction
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    SubmissionId = id,
                    Dial = step.Dial.Name,
                    Level = step.Level.Index,
                    Version = ShiftDials.Version,
                    Classes = predict(step),
                    ImagesHash = labels.Labels.Images.ContentHash.ToArray(),
                })
        );
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An entry that is right until the last level of defocus, at which it says Round to everything.</summary>
    public static ushort[] LoseByDefocus(DialStep step) =>
        step.Dial == ShiftDials.Defocus && step.Level.Index == ShiftDials.LevelCount - 1 ? [0, 0, 0, 0, 0, 0] : [0, 0, 1, 1, 2, 2];
}

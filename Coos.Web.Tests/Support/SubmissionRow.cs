using System.Text;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Reads and writes submission rows directly in the database.</summary>
internal static class SubmissionRow
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static int _last;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The values of a new row.</summary>
    internal sealed record Draft
    {
        public SubmissionStatus Status { get; set; }

        public DateTime CreatedAt { get; set; }

        public DateTime? ClaimedAt { get; set; }

        public int Attempts { get; set; }

        /// <summary>Predictions of test1; all correct by default.</summary>
        public ushort[] Classes { get; set; } = [0, 0, 1, 1, 2, 2];
    }

    /// <summary>
    /// Inserts a submission with predictions of test1 of the tiny benchmark; by default its status is Received and its time is
    /// now.
    /// </summary>
    public static async Task<Guid> InsertAsync(TestServer server, Action<Draft>? change = null)
    {
        var clock = server.Services.GetRequiredService<TimeProvider>();
        var draft = new Draft { CreatedAt = clock.GetUtcNow().UtcDateTime };
        change?.Invoke(draft);
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, "test1", out var labels));
        var name = $"Row {Interlocked.Increment(ref _last)}";
        var row = new Submission
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Benchmark = TinyBenchmark.Slug,
            Method = name,
            Submitter = name,
            SubmitterKey = name,
            Status = draft.Status,
            CreatedAt = draft.CreatedAt,
            ClaimedAt = draft.ClaimedAt,
            Attempts = draft.Attempts,
            PredictionsHash = name,
        };
        row.Files.Add(ToFile(draft.Classes, labels.Labels.Images, clock));
        await using var database = await server.OpenDatabaseAsync();
        database.Add(row);
        await database.SaveChangesAsync(Cancellation);
        return row.Id;
    }

    /// <summary>Reads a submission with its evaluations.</summary>
    public static async Task<Submission> FindAsync(TestServer server, Guid id)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Submissions.Include(s => s.Evaluations).FirstAsync(s => s.Id == id, Cancellation);
    }

    /// <summary>Waits at most 30 seconds until a submission fulfils a condition.</summary>
    public static async Task<Submission> AwaitAsync(TestServer server, Guid id, Func<Submission, bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        var row = await FindAsync(server, id);
        while (!condition(row) && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(PollInterval, TimeProvider.System, Cancellation);
            row = await FindAsync(server, id);
        }

        Assert.True(condition(row), $"{row.Status} after {row.Attempts} attempts");
        return row;
    }

    private static PredictionFile ToFile(ushort[] classes, ImageIndex images, TimeProvider clock) =>
        new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Split = "test1",
            Classes = classes,
            ImagesHash = images.ContentHash.ToArray(),
            Hash = PredictionSet.ComputeHash(images, classes),
            Original = new OriginalUpload { Content = Packed.GZip(Encoding.UTF8.GetBytes("image_id,label\n")) },
        };
}

using Coos.Models.Dials;
using Coos.Models.Sandboxing;
using Coos.Server.Data;
using Coos.Server.Images;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Runs a model on the reference split's images under each strength of each shift dial, and stores what it predicts.</summary>
internal sealed class DialRun(IDbContextFactory<CoosDbContext> databases, WriteLock writes, TimeProvider clock)
{
    private const int DefaultBits = 16;

    /// <summary>Runs the steps that are not stored yet: a run that was interrupted goes on where it was.</summary>
    /// <returns>The number of images that were scored.</returns>
    public async Task<int> RunAsync(Guid submission, Benchmark benchmark, SplitImages images, RunningModel model, RunLease lease)
    {
        var (shape, steps) = (images.Shape, ShiftDials.List(images.Shape.Height, images.Shape.Width));
        var done = await ReadDoneAsync(submission, images, lease.Token);
        List<DialStep> left = [.. steps.Where(s => !done.Contains((s.Dial.Name, s.Level.Index)))];
        lease.Expect(left.Count * shape.Count);
        var scale = left.Count > 0 ? Measure(images, lease.Token) : null;
        foreach (var step in left)
        {
            var change = ShiftDials.Create(step, scale!, shape, benchmark.Image?.Bits ?? DefaultBits);
            var scores = SplitRun.Score(model, images, benchmark.Classes.Count, Apply, lease);
            await StoreAsync(submission, step, ToClasses(scores, benchmark.Classes.Count), images, lease.Token);

            void Apply(Span<ushort> pixels, int position)
            {
                ushort[] original = [.. pixels];
                change.Apply(original, pixels, (uint)position);
            }
        }

        return left.Count * shape.Count;
    }

    /// <summary>Measures the windows of the channels over all images of the split.</summary>
    private static DialScale Measure(SplitImages images, CancellationToken cancellation)
    {
        const int Batch = 64;
        var counter = new DialScaleCounter(images.Shape.Channels);
        for (var first = 0; first < images.Shape.Count; first += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(Batch, images.Shape.Count - first);
            var pixels = PixelReader.Read(images, first, count);
            for (var i = 0; i < count; i++)
            {
                counter.Add(pixels.AsSpan(i * images.Shape.SamplesPerImage, images.Shape.SamplesPerImage));
            }
        }

        return counter.ToScale();
    }

    private async Task<HashSet<(string, int)>> ReadDoneAsync(Guid submission, SplitImages images, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database
            .DialPredictions.Where(p => p.SubmissionId == submission && p.Version == ShiftDials.Version)
            .Select(p => new
            {
                p.Dial,
                p.Level,
                p.ImagesHash,
            })
            .ToListAsync(cancellation);
        return [.. rows.Where(r => images.Ids.ContentHash.SequenceEqual(r.ImagesHash)).Select(r => (r.Dial, r.Level))];
    }

    private async Task StoreAsync(Guid submission, DialStep step, ushort[] classes, SplitImages images, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database
            .DialPredictions.Where(p => p.SubmissionId == submission && p.Dial == step.Dial.Name && p.Level == step.Level.Index)
            .ExecuteDeleteAsync(cancellation);
        database.Add(
            new DialPrediction
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                SubmissionId = submission,
                Dial = step.Dial.Name,
                Level = step.Level.Index,
                Version = ShiftDials.Version,
                Classes = classes,
                ImagesHash = images.Ids.ContentHash.ToArray(),
            }
        );
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The class with the highest score of each image; of equal ones the first, as for files.</summary>
    private static ushort[] ToClasses(ReadOnlySpan<float> scores, int count)
    {
        var classes = new ushort[scores.Length / count];
        for (var i = 0; i < classes.Length; i++)
        {
            var row = scores.Slice(i * count, count);
            var best = 0;
            for (var k = 1; k < count; k++)
            {
                best = row[k] > row[best] ? k : best;
            }

            classes[i] = (ushort)best;
        }

        return classes;
    }
}

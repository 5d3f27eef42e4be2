using Coos.Server.Data;
using Coos.Server.Submissions;

namespace Coos.Server.Tests.Submissions;

/// <summary>A validation blocks a thread, so at most one per processor may run.</summary>
public sealed class ValidationLimiterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Validations_use_all_processors_and_others_wait_in_order()
    {
        using var limiter = new ValidationLimiter();
        var taken = new Queue<SemaphoreLease>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Enqueue(await limiter.AcquireAsync(Cancellation));
        }

        var second = limiter.AcquireAsync(Cancellation).AsTask();
        var third = limiter.AcquireAsync(Cancellation).AsTask();
        Assert.False(second.IsCompleted || third.IsCompleted);
        taken.Dequeue().Dispose();

        var next = await second;
        Assert.False(third.IsCompleted);
        next.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_slot()
    {
        using var limiter = new ValidationLimiter();
        var taken = new List<SemaphoreLease>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Add(await limiter.AcquireAsync(Cancellation));
        }

        using var cancelled = new CancellationTokenSource();
        var waiting = limiter.AcquireAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        taken.ForEach(t => t.Dispose());
        (await limiter.AcquireAsync(Cancellation)).Dispose();
    }
}

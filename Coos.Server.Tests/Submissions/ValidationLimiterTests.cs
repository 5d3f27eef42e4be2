using Coos.Server.Submissions;
using Microsoft.Extensions.Time.Testing;

namespace Coos.Server.Tests.Submissions;

/// <summary>A validation blocks a thread, so at most one per processor may run.</summary>
public sealed class ValidationLimiterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Validations_use_all_processors_and_others_wait_in_order()
    {
        using var limiter = new ValidationLimiter(TimeProvider.System);
        var taken = new Queue<ValidationSlot>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Enqueue((await limiter.AcquireAsync(null, Cancellation))!);
        }

        var second = limiter.AcquireAsync(null, Cancellation).AsTask();
        var third = limiter.AcquireAsync(null, Cancellation).AsTask();
        Assert.False(second.IsCompleted || third.IsCompleted);
        taken.Dequeue().Dispose();

        var next = (await second)!;
        Assert.False(third.IsCompleted);
        next.Dispose();
        (await third)!.Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_slot()
    {
        using var limiter = new ValidationLimiter(TimeProvider.System);
        var taken = new List<ValidationSlot>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Add((await limiter.AcquireAsync(null, Cancellation))!);
        }

        using var cancelled = new CancellationTokenSource();
        var waiting = limiter.AcquireAsync(null, cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        taken.ForEach(t => t.Dispose());
        (await limiter.AcquireAsync(null, Cancellation))!.Dispose();
    }

    [Fact]
    public async Task A_sender_validates_one_file_at_a_time_and_others_need_not_wait_for_it()
    {
        using var limiter = new ValidationLimiter(TimeProvider.System);
        var first = (await limiter.AcquireAsync("a", Cancellation))!;
        var second = limiter.AcquireAsync("a", Cancellation).AsTask();

        // Where there is only one processor, it is taken.
        if (Environment.ProcessorCount > 1)
        {
            (await limiter.AcquireAsync("b", Cancellation))!.Dispose();
        }

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second)!.Dispose();
    }

    [Fact]
    public async Task Only_so_many_files_of_a_sender_wait()
    {
        using var limiter = new ValidationLimiter(TimeProvider.System);
        var first = (await limiter.AcquireAsync("a", Cancellation))!;
        var waiting = Enumerable
            .Range(0, ValidationLimiter.MaxWaiting)
            .Select(_ => limiter.AcquireAsync("a", Cancellation).AsTask())
            .ToList();

        Assert.Null(await limiter.AcquireAsync("a", Cancellation));
        first.Dispose();
        foreach (var task in waiting)
        {
            (await task)!.Dispose();
        }
    }

    /// <summary>Files that are made to take long delay each other and not the files of others.</summary>
    [Fact]
    public async Task Senders_whose_files_were_quick_to_check_come_first()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new ValidationLimiter(clock);
        (await limiter.AcquireAsync("quick", Cancellation))!.Dispose();
        var slow = (await limiter.AcquireAsync("slow", Cancellation))!;
        clock.Advance(TimeSpan.FromSeconds(2));
        slow.Dispose();
        var taken = new Queue<ValidationSlot>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Enqueue((await limiter.AcquireAsync(null, Cancellation))!);
        }

        var order = new List<string>();
        Task[] waiting = [TakeAsync("slow"), TakeAsync("new"), TakeAsync("quick")];
        taken.Dequeue().Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["quick", "new", "slow"], order);

        async Task TakeAsync(string sender)
        {
            using var slot = await limiter.AcquireAsync(sender, Cancellation);
            order.Add(sender);
        }
    }
}

using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Microsoft.Extensions.Time.Testing;

namespace Coos.Server.Tests.Submissions;

/// <summary>The turns of concurrent uploads.</summary>
public sealed class UploadLimiterTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly UploadLimiter _limiter;

    public UploadLimiterTests() =>
        _limiter = new UploadLimiter(
            new CoosSettings
            {
                DataDirectory = "",
                BenchmarkDirectories = [],
                ConnectionString = "",
                Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
                Uploads = new UploadSettings(MaxConcurrent: 3, MaxConcurrentPerSender: 1, MaxSpooledBytes: 100),
            },
            _clock
        );

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task A_wait_ends_after_thirty_seconds()
    {
        using var slot = Get(await AcquireAsync("a"));
        var waiting = AcquireAsync("a");

        _clock.Advance(UploadLimiter.MaxWait);

        Assert.Equal(RefusalKind.TooManyRequests, (await waiting).Refusal?.Kind);
        Assert.Equal(1, _limiter.Uploads);
    }

    [Fact]
    public async Task A_sender_with_many_waiting_uploads_is_refused()
    {
        var slot = Get(await AcquireAsync("a"));
        var waiting = Enumerable.Range(0, UploadLimiter.MaxWaiting).Select(_ => AcquireAsync("a")).ToList();

        var refused = await AcquireAsync("a");
        slot.Dispose();
        foreach (var next in waiting)
        {
            Get(await next).Dispose();
        }

        Assert.Equal("Too many uploads at once", refused.Refusal?.Title);
        Assert.Equal((0, 0L), (_limiter.Uploads, _limiter.Bytes));
    }

    [Fact]
    public async Task The_server_has_a_limit_of_uploads_and_of_bytes()
    {
        using var one = Get(await AcquireAsync("a"));
        using var two = Get(await AcquireAsync(null));
        var three = Get(await AcquireAsync(null));

        var fourth = await AcquireAsync("b");
        three.Dispose();
        using var again = Get(await AcquireAsync("b"));
        var (fits, exceeds) = (one.TryAdd(60), two.TryAdd(50));
        again.Dispose();
        var announced = await AcquireAsync("c", length: 1);
        two.Dispose();
        using var after = Get(await AcquireAsync("c", length: 40));

        Assert.Equal(RefusalKind.Unavailable, fourth.Refusal?.Kind);
        Assert.True(fits);
        Assert.False(exceeds);
        Assert.Equal(RefusalKind.Unavailable, announced.Refusal?.Kind);
        Assert.Equal(60, _limiter.Bytes);
    }

    private Task<Result<UploadSlot>> AcquireAsync(string? sender, long? length = null) =>
        _limiter.AcquireAsync(sender, length, TestContext.Current.CancellationToken).AsTask();

    private static UploadSlot Get(Result<UploadSlot> result) =>
        result.TryGet(out var slot, out var refusal) ? slot : throw new InvalidOperationException(refusal.Title);
}

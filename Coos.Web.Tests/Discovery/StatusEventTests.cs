using System.Net;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>The event stream of a submission that waits to be scored.</summary>
public sealed class StatusEventTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_receives_each_status_change()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await TestServer.StartWithoutEvaluatorAsync(clock);
        using var posted = await server.Client.SubmitAndAdvanceAsync(UploadForm.Tiny("Events").Test1(0, 0, 0, 1, 2, 2), clock);
        var submission = await posted.ReadJsonAsync(HttpStatusCode.Accepted);

        using var stream = new StreamReader(await server.Client.GetStreamAsync($"{submission["links"]!["self"]}/events", Cancellation));
        Assert.Equal("event: status", await stream.ReadLineAsync(Cancellation));
        Assert.Equal("data: received", await stream.ReadLineAsync(Cancellation));
        Assert.Equal("id: received", await stream.ReadLineAsync(Cancellation));

        Assert.Equal("", await stream.ReadLineAsync(Cancellation));

        // Without a change the status is repeated after a while, so that no proxy closes an idle stream.
        var repeated = stream.ReadLineAsync(Cancellation).AsTask();
        for (
            var waited = TimeSpan.Zero;
            waited < TimeSpan.FromSeconds(20) && !repeated.IsCompleted;
            waited += TimeSpan.FromMilliseconds(250)
        )
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(repeated, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation));
        }

        Assert.Equal("event: status", await repeated.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation));
        Assert.Equal("data: received", await stream.ReadLineAsync(Cancellation));
        Assert.Equal("id: received", await stream.ReadLineAsync(Cancellation));

        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync((Guid)submission["id"]!, Cancellation);
        var rest = stream.ReadToEndAsync(Cancellation);
        while (!rest.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(rest, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation));
        }

        Assert.EndsWith("\nevent: status\ndata: scored\nid: scored\n\n", await rest, StringComparison.Ordinal);
    }
}

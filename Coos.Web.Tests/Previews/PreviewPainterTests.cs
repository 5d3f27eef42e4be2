using System.Collections.Concurrent;
using System.Net;
using Coos.Web.Previews;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Coos.Web.Tests.Previews;

/// <summary>A server on a system without the native image library.</summary>
public sealed class PreviewPainterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The exceptions of .NET if a native library is missing, lacks a function, or was built for another processor.</summary>
    public static TheoryData<Exception> Failures =>
        [
            new DllNotFoundException("Unable to load shared library 'libSkiaSharp'"),
            new TypeInitializationException("SkiaSharp.SKObject", new DllNotFoundException()),
            new EntryPointNotFoundException(),
            new BadImageFormatException(),
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_load_failure_is_logged_once_and_not_retried(Exception failure)
    {
        var log = new RecordingLogger();
        var painter = new BrokenPainter(log, failure);

        Parallel.For(0, 20, _ => Assert.Null(painter.Draw(() => [1])));

        Assert.Equal(1, painter.Loads);
        Assert.Equal((LogLevel.Error, failure), Assert.Single(log.Lines));
    }

    [Fact]
    public void A_drawing_error_is_not_treated_as_a_missing_library()
    {
        var painter = new PreviewPainter(NullLogger<PreviewPainter>.Instance);

        Assert.Equal([1], painter.Draw(() => [1]));
        Assert.Throws<InvalidOperationException>(() => painter.Draw(() => throw new InvalidOperationException("x")));
    }

    [Fact]
    public async Task Pages_work_without_the_library_and_images_give_the_reason()
    {
        await using var server = new TestServer
        {
            Replace = services =>
                services.Replace(
                    ServiceDescriptor.Singleton<PreviewPainter>(
                        new BrokenPainter(NullLogger<PreviewPainter>.Instance, new DllNotFoundException())
                    )
                ),
        };
        await server.StartAsync();
        var expected = new ExpectedProblem(
            HttpStatusCode.ServiceUnavailable,
            "Preview images are not available",
            "This server cannot draw preview images, because its drawing library does not run on this system. The pages "
                + "are not affected. The server's log has details."
        );
        var entry = (await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard"))["rows"]![0]!["id"];

        foreach (var path in new[] { "/benchmarks/coos-7", $"/submissions/{entry}" })
        {
            using var page = await server.Client.GetAsync(path, Cancellation);
            using var picture = await server.Client.GetAsync(path + "/preview.png", Cancellation);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            await expected.AssertAsync(picture);
        }

        using var missing = await server.Client.GetAsync("/benchmarks/nothing/preview.png", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private sealed class BrokenPainter(ILogger<PreviewPainter> log, Exception failure) : PreviewPainter(log)
    {
        private int _loads;

        public int Loads => _loads;

        protected override void Load()
        {
            Interlocked.Increment(ref _loads);
            throw failure;
        }
    }

    private sealed class RecordingLogger : ILogger<PreviewPainter>
    {
        public ConcurrentQueue<(LogLevel Level, Exception? Exception)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue((logLevel, exception));
    }
}

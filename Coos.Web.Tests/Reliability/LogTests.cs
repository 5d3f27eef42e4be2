using System.Collections.Concurrent;
using System.Net;
using Coos.Server.Accounts;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>The log identifies submissions by id, and contains no names, addresses or uploaded content.</summary>
[OneDatabase]
public sealed class LogTests
{
    private static readonly RecordingLoggerProvider Recorded = new();

    /// <summary>Never disposed, like <see cref="TestLog"/>, because Hangfire keeps a reference to it.</summary>
    private static readonly ILoggerFactory Factory = LoggerFactory.Create(log =>
        log.AddConfiguration(
                new ConfigurationBuilder().AddJsonFile(Path.Combine(Checkout.Folder, "appsettings.json")).Build().GetSection("Logging")
            )
            .AddProvider(Recorded)
    );

    [Fact]
    public async Task Nothing_personal_is_logged()
    {
        await using var server = new TestServer { Replace = services => services.Replace(ServiceDescriptor.Singleton(Factory)) };
        await server.StartAsync();
        await server.Client.SubmitScoredAsync(
            UploadForm
                .Tiny("Ada Personal", "Her method")
                .Field("description", "her words")
                .Field("codeUrl", "https://ada.example.org/")
                .Test1(0, 0, 1, 1, 2, 2)
        );
        using var wrong = await server.Client.SubmitAsync(
            UploadForm.Tiny("Ada Personal").File("test1", "image_id,label\nhers-1,7\n", "ada.csv")
        );
        using var page = await server.Client.GetAsync("/?q=Ada%20Personal", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (wrong.StatusCode, page.StatusCode));
        await server.StopAsync();

        var log = string.Join('\n', Recorded.Lines);
        Assert.Contains("Labels of tiny/test1 imported", log, StringComparison.Ordinal);
        foreach (var word in new[] { "Ada", "Her method", "her words", "hers-1", "ada.csv", "127.0.0.1:" })
        {
            // The address that the server listens on and shows to its first organiser is not personal.
            Assert.DoesNotContain(
                Recorded.Lines,
                l =>
                    l.Contains(word, StringComparison.Ordinal)
                    && !l.StartsWith("Now listening on", StringComparison.Ordinal)
                    && !l.StartsWith("There is no organiser yet", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task The_link_for_the_first_organiser_is_logged_at_each_start_without_one()
    {
        await using var server = new TestServer { Replace = services => services.Replace(ServiceDescriptor.Singleton(Factory)) };
        await server.StartAsync();
        var first = await AwaitLinkAsync();
        await server.RestartAsync();
        var second = await AwaitLinkAsync();
        await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        await server.RestartAsync();
        var third = server.Services.GetRequiredService<FirstOrganiser>().Path;

        Assert.Equal((true, true, false), (IsLogged(first), IsLogged(second), IsLogged(third)));

        async Task<string> AwaitLinkAsync()
        {
            var path = server.Services.GetRequiredService<FirstOrganiser>().Path;
            for (var i = 0; i < 300 && !IsLogged(path); i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            return path;
        }

        static bool IsLogged(string path) =>
            Recorded.Lines.Any(line =>
                line.StartsWith("There is no organiser yet", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Passwords_tokens_and_mail_addresses_are_not_logged()
    {
        await using var mail = new StubMailServer { RejectsRecipients = true };
        await using var server = new TestServer { Replace = services => services.Replace(ServiceDescriptor.Singleton(Factory)) };
        await server.StartAsync(
            settings:
            [
                "--Coos:Access:Submissions=SignedIn",
                "--Coos:PublicAddress=https://coos.example.org",
                "--Coos:Mail:Host=127.0.0.1",
                $"--Coos:Mail:Port={mail.Port}",
                "--Coos:Mail:From=COOS <coos@example.org>",
                "--Coos:Mail:AllowPlainText=true",
            ]
        );
        var browser = new TestBrowser(server.Address);
        (await browser.SendAsync("/account/register", "mail", ("mail", "unlucky@example.org"))).Dispose();
        (
            await browser.SendAsync("/account/sign-in", "sign-in", ("name", "unlucky@example.org"), ("password", "typed in secret"))
        ).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/benchmarks")
        {
            Headers = { { "Authorization", "Bearer coos_leaked-secret" } },
        };
        using var refused = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        (await browser.GetAsync("/account/reset?id=0198c1f0-0000-7000-8000-000000000000&code=reset-secret")).Dispose();
        for (var i = 0; i < 300 && !Recorded.Lines.Any(l => l.StartsWith("Could not send an account mail", StringComparison.Ordinal)); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await server.StopAsync();
        Assert.Contains(
            Recorded.Lines,
            l =>
                l.StartsWith(
                    "Could not send an account mail: the mail server rejected it (RecipientNotAccepted, 550)",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(
            Recorded.Lines,
            l =>
                new[] { "unlucky", "typed in secret", "leaked-secret", "reset-secret" }.Any(word =>
                    l.Contains(word, StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task A_mail_server_without_TLS_receives_no_mail()
    {
        const string Reason =
            "Could not send an account mail: the mail server does not offer TLS (STARTTLS), "
            + "which is required unless Coos:Mail:AllowPlainText is true";
        await using var mail = new StubMailServer();
        await using var server = new TestServer { Replace = services => services.Replace(ServiceDescriptor.Singleton(Factory)) };
        await server.StartAsync(
            settings:
            [
                "--Coos:Access:Submissions=SignedIn",
                "--Coos:PublicAddress=https://coos.example.org",
                "--Coos:Mail:Host=127.0.0.1",
                $"--Coos:Mail:Port={mail.Port}",
                "--Coos:Mail:From=COOS <coos@example.org>",
            ]
        );

        (await new TestBrowser(server.Address).SendAsync("/account/register", "mail", ("mail", "ada@example.org"))).Dispose();
        for (var i = 0; i < 300 && mail.Waiting == 0 && !Recorded.Lines.Any(IsReason); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, mail.Waiting);
        Assert.Contains(Recorded.Lines, IsReason);

        static bool IsReason(string line) => line.StartsWith(Reason, StringComparison.Ordinal);
    }

    private sealed class RecordingLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}

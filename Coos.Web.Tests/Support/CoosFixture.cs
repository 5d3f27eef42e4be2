using Coos.Server.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A real server on a free loopback port with its own database folder, the bundled benchmarks and
/// <see cref="TinyBenchmark"/>. API, reliability and browser tests use it.
/// </summary>
public sealed class CoosFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-tests-").FullName;
    private readonly TestDatabase _database = new();
    private WebApplication? _app;
    private HttpClient? _client;
    private string? _startFailure;

    /// <summary>Whether the server has only the bundled benchmarks, and none of the tests.</summary>
    public bool IsBundledOnly { get; init; }

    /// <summary>The server's address, with a trailing slash.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>A client of the server; skips the test if no database is available.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException(_startFailure);

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => _app?.Services ?? throw new InvalidOperationException(_startFailure);

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync([.. _database.Arguments]);
        }
        catch (Exception e) when (e.Message.StartsWith(SkipToken, StringComparison.Ordinal))
        {
            // A fixture cannot be skipped, but each test that uses it can.
            _startFailure = e.Message;
        }
    }

    private async Task StartAsync(string[] databaseArguments)
    {
        var benchmarks = Path.Combine(_folder, "benchmarks");
        Directory.CreateDirectory(benchmarks);
        if (!IsBundledOnly)
        {
            TinyBenchmark.WriteTo(Path.Combine(benchmarks, TinyBenchmark.Slug));
            SharedFolder.CopyYeast(Path.Combine(benchmarks, "yeast5"));
        }

        var data = Path.Combine(_folder, "data");
        TestDatabase.Prepare(data);
        _app = CoosServer.Build(
            [
                "--urls=http://127.0.0.1:0",
                $"--Coos:DataDirectory={data}",
                $"--Coos:BenchmarksDirectory={benchmarks}",
                $"--Coos:Upload:MaxBytes={MaximumBytes}",
                "--Coos:Access:Submissions=Open",
                "--Coos:FrontPage=coos-7",
                "--Coos:Models:Enabled=false",
                .. databaseArguments,
            ],
            services => TestLog.Use(services)
        );
        await CoosServer.PrepareAsync(_app);
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address + "/");
        _client = new HttpClient { BaseAddress = Address };
        await WaitForBaselinesAsync();
    }

    /// <summary>Waits until the bundled baselines are scored, so that tests can count rows.</summary>
    private async Task WaitForBaselinesAsync()
    {
        await using var database = await _app!.Services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync();
        while (await database.Submissions.Unscored().AnyAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private const string SkipToken = "$XunitDynamicSkip$";

    /// <summary>The upload limit of this server, small enough for tests to exceed.</summary>
    public const int MaximumBytes = 1 << 20;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _database.Release();
        Directory.Delete(_folder, recursive: true);
    }
}

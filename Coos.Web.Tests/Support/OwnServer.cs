using Coos.Server.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A server of one test, which stops and starts it, and changes its files in between.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-own-").FullName;
    private readonly TestDatabase _database = new();
    private WebApplication? _app;

    public OwnServer() => TinyBenchmark.WriteTo(Path.Combine(_folder, "benchmarks", TinyBenchmark.Slug));

    /// <summary>Changes services beside the clock.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>Whether the bundled benchmarks' baselines stay; without them all rows are those of the test.</summary>
    public bool HasBundledBaselines { get; init; }

    public HttpClient Client { get; private set; } = new();

    public IServiceProvider Services => _app!.Services;

    /// <summary>The folder of the tiny benchmark.</summary>
    public string Tiny => Path.Combine(_folder, "benchmarks", TinyBenchmark.Slug);

    /// <summary>Its address.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts a server that takes submissions from accounts only.</summary>
    public static async Task<OwnServer> SignedInAsync(params string[] more)
    {
        var server = new OwnServer();
        await server.StartAsync(more: ["--Coos:Access:Submissions=SignedIn", .. more]);
        return server;
    }

    /// <summary>Starts a server that serves and scores.</summary>
    public static async Task<OwnServer> StartedAsync()
    {
        var server = new OwnServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a server that scores nothing by itself.</summary>
    public static async Task<OwnServer> WithoutEvaluatorAsync(TimeProvider clock)
    {
        var server = new OwnServer();
        await server.StartAsync("web", clock);
        return server;
    }

    /// <summary>Where the database has a pool of connections, one of so many, waited for so long; else nothing.</summary>
    public string[] WithConnections(int count, int seconds) =>
        [.. _database.Arguments.Select(a => $"{a};Maximum Pool Size={count};Timeout={seconds}")];

    public async Task StartAsync(string roles = "web,evaluator", TimeProvider? clock = null, params string[] more)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0",
            $"--Coos:DataDirectory={Path.Combine(_folder, "data")}",
            $"--Coos:BenchmarksDirectory={Path.Combine(_folder, "benchmarks")}",
            $"--Coos:Roles={roles}",
            "--Coos:Access:Submissions=Open",
            .. _database.Arguments,
            .. more,
        ];
        _app = CoosServer.Build(
            arguments,
            services =>
            {
                TestLog.Use(services).Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
                Replace?.Invoke(services);
            }
        );
        await CoosServer.PrepareAsync(_app);
        if (!HasBundledBaselines)
        {
            await using var database = await OpenDatabaseAsync();
            await database
                .Submissions.Where(s => s.Benchmark == "coos-sim" && s.Baseline != null)
                .ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient
        {
            BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task<CoosDbContext> OpenDatabaseAsync() =>
        Services.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _database.Release();
        Directory.Delete(_folder, recursive: true);
    }
}

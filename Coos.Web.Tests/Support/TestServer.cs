using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A server of a single test, which can stop and restart it and change its files.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-own-").FullName;
    private readonly TestDatabase _database = new();
    private WebApplication? _app;

    public TestServer() => TinyBenchmark.WriteTo(Path.Combine(_folder, "benchmarks", TinyBenchmark.Slug));

    /// <summary>Replaces further services besides the clock.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>Whether to keep the bundled baselines; without them, all rows belong to the test.</summary>
    public bool HasBundledBaselines { get; init; }

    /// <summary>Whether the server creates its database itself instead of getting a copy of a migrated one.</summary>
    public bool CreatesDatabase { get; init; }

    public HttpClient Client { get; private set; } = new();

    public IServiceProvider Services => _app!.Services;

    /// <summary>The settings of the server, valid after it has stopped too.</summary>
    public CoosSettings Settings { get; private set; } = null!;

    /// <summary>The folder of the tiny benchmark.</summary>
    public string Tiny => Path.Combine(_folder, "benchmarks", TinyBenchmark.Slug);

    /// <summary>The address of the server.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts a server that requires an account to submit.</summary>
    public static async Task<TestServer> StartSignedInAsync(params string[] settings)
    {
        var server = new TestServer();
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", .. settings]);
        return server;
    }

    /// <summary>Starts a server with the web and evaluator roles.</summary>
    public static async Task<TestServer> StartNewAsync()
    {
        var server = new TestServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a server that does not score.</summary>
    public static async Task<TestServer> StartWithoutEvaluatorAsync(TimeProvider clock)
    {
        var server = new TestServer();
        await server.StartAsync("web", clock);
        return server;
    }

    /// <summary>Arguments that limit the connection pool and its timeout; none if the database has no pool.</summary>
    public string[] LimitConnections(int count, int seconds) =>
        [.. _database.Arguments.Select(a => $"{a};Maximum Pool Size={count};Timeout={seconds}")];

    /// <summary>Replaces a text in the manifest of the tiny benchmark, before the start.</summary>
    public async Task ReplaceInManifestAsync(string text, string replacement)
    {
        var manifest = Path.Combine(Tiny, "benchmark.json");
        var json = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        Assert.Contains(text, json, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            manifest,
            json.Replace(text, replacement, StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
    }

    public async Task StartAsync(string roles = "web,evaluator", TimeProvider? clock = null, params string[] settings)
    {
        var data = Path.Combine(_folder, "data");
        if (!CreatesDatabase)
        {
            TestDatabase.Prepare(data);
        }

        string[] arguments =
        [
            "--urls=http://127.0.0.1:0",
            $"--Coos:DataDirectory={data}",
            $"--Coos:BenchmarksDirectory={Path.Combine(_folder, "benchmarks")}",
            $"--Coos:Roles={roles}",
            "--Coos:Access:Submissions=Open",
            .. _database.Arguments,
            .. settings,
        ];
        _app = CoosServer.Build(
            arguments,
            services =>
            {
                TestLog.Use(services).Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
                if (!HasBundledBaselines)
                {
                    LeaveOutBundledBaselines(services);
                }

                Replace?.Invoke(services);
            }
        );
        Settings = _app.Services.GetRequiredService<CoosSettings>();
        await CoosServer.PrepareAsync(_app);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient
        {
            BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    private void LeaveOutBundledBaselines(IServiceCollection services)
    {
        var settings = (CoosSettings)services.Single(s => s.ServiceType == typeof(CoosSettings)).ImplementationInstance!;
        string[] directories = [BundledBenchmarks.Folder, Path.Combine(_folder, "benchmarks")];
        services.Replace(ServiceDescriptor.Singleton(BenchmarkCatalog.Read(settings with { BenchmarkDirectories = directories })));
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

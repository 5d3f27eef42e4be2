using System.Net;
using Coos.Evaluator.Disclosures;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Labels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A server whose tiny benchmark has a sealed part: 24 images per test set, eight of each class, half of them sealed with a known key.
/// </summary>
internal sealed class SealedServer : IAsyncDisposable
{
    public const int Images = 24;

    /// <summary>The key of the draw.</summary>
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>Shows the rounded errors of both test sets, and withholds nothing because of the budget.</summary>
    private const string Shown = "\"disclosureSplits\": [\"test1\", \"test2\"], \"maximumGain\": 1";

    private readonly string[] _settings;

    private SealedServer(string[] settings) => _settings = settings;

    public TestServer Server { get; } = new();

    /// <summary>Starts a server with the given labels of test1 and test2, and with <see cref="Key"/>.</summary>
    public static async Task<SealedServer> StartAsync(ushort[] test1, ushort[] test2, string share = "0.5", params string[] settings)
    {
        var own = new SealedServer(["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open", .. settings]);
        own.WriteManifest(share);
        own.WriteLabels("test1", test1);
        own.WriteLabels("test2", test2);
        await own.StartAsync();
        await own.SetKeyAsync(Key);
        return own;
    }

    /// <summary>The labels before any is changed: classes 0, 1 and 2 in turn.</summary>
    public static ushort[] CreateLabels() => [.. Enumerable.Range(0, Images).Select(i => (ushort)(i % 3))];

    /// <summary>Writes rows of a label or prediction file.</summary>
    public static string ToCsv(string split, IEnumerable<ushort> classes) =>
        "image_id,label\n" + string.Concat(classes.Select((k, i) => $"{(split == "test1" ? 'a' : 'b')}-{i:00},{k}\n"));

    /// <summary>Divides labels as a server with <see cref="Key"/> does.</summary>
    public static SplitParts Divide(string split, ushort[] classes, double share = 0.5)
    {
        var rows = new LabelRows();
        for (var i = 0; i < classes.Length; i++)
        {
            Assert.True(rows.TryAdd($"{(split == "test1" ? 'a' : 'b')}-{i:00}", classes[i]));
        }

        return SealedPart.Divide(rows.ToLabels(), TinyBenchmark.Slug, split, null, share, Key);
    }

    /// <summary>Replaces the key of the draw and that of hashes, and restarts the server so that it uses the new one.</summary>
    public async Task SetKeyAsync(byte[] key)
    {
        await using (var database = await Server.OpenDatabaseAsync())
        {
            await database.ServerSecrets.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            database.Add(new ServerSecret { Name = SealedParts.KeyName, Value = key });
            database.Add(new ServerSecret { Name = "labels-hash", Value = Key });
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await RestartAsync();
    }

    /// <summary>Replaces the share, and restarts the server.</summary>
    public Task SetShareAsync(string share)
    {
        WriteManifest(share);
        return RestartAsync();
    }

    /// <summary>Closes the benchmark.</summary>
    public async Task CloseAsync()
    {
        using var organiser = await (await TestAccount.RegisterAsync(Server, "Chair", isOrganiser: true)).CreateClientAsync();
        using var response = await organiser.PostAsync("/api/benchmarks/tiny/close", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async Task RestartAsync()
    {
        await Server.StopAsync();
        await StartAsync();
    }

    public void WriteLabels(string split, ushort[] classes) =>
        File.WriteAllText(Path.Combine(Server.Tiny, "labels", split + ".csv"), ToCsv(split, classes));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Task StartAsync() => Server.StartAsync(settings: _settings);

    private void WriteManifest(string share)
    {
        TinyBenchmark.WriteTo(Server.Tiny + "-original");
        var original = File.ReadAllText(Path.Combine(Server.Tiny + "-original", "benchmark.json"));
        Directory.Delete(Server.Tiny + "-original", recursive: true);
        File.WriteAllText(
            Path.Combine(Server.Tiny, "benchmark.json"),
            original.Replace(
                "\"disclosure\": \"open\"",
                $"\"disclosure\": \"guarded\", {Shown}, \"sealed\": {{ \"share\": {share} }}",
                StringComparison.Ordinal
            )
        );
    }
}

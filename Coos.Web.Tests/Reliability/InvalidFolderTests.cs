using System.Net;
using Coos.Server.Benchmarks;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Benchmark folders of organisers that are wrong: the server starts without them, and names them.</summary>
[OneDatabase]
public sealed class InvalidFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invalid_folder_is_left_out_and_named_to_organisers()
    {
        await using var server = new TestServer();
        var broken = Path.Combine(Path.GetDirectoryName(server.Tiny)!, "broken");
        Directory.CreateDirectory(broken);
        await File.WriteAllTextAsync(Path.Combine(broken, "benchmark.json"), "{ \"slug\": \"secret-plan\"", Cancellation);
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);

        using var ready = await server.Client.GetAsync("/health/ready", Cancellation);
        var page = WebUtility.HtmlDecode(await organiser.Browser.ReadAsync("/organise/benchmarks"));
        using var tiny = await server.Client.GetAsync("/benchmarks/tiny", Cancellation);
        using var other = await server.Client.GetAsync("/benchmarks/secret-plan", Cancellation);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (ready.StatusCode, tiny.StatusCode, other.StatusCode)
        );
        Assert.Equal(
            "Degraded\n1 benchmark folder is left out. Organisers see the reasons at /organise/benchmarks.",
            await ready.ReadTextAsync()
        );
        Assert.Contains(broken, page, StringComparison.Ordinal);
        Assert.Contains("line 1: invalid JSON", page, StringComparison.Ordinal);
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/live", Cancellation));
    }

    [Fact]
    public async Task Files_of_no_split_are_named_with_the_split_that_was_probably_meant()
    {
        await using var server = new TestServer();
        var labels = Path.Combine(server.Tiny, "labels");
        await File.WriteAllTextAsync(Path.Combine(labels, "tset3.csv"), "image_id,label\nc-0,0\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(labels, "TINY_test9.hdf5"), "x", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(labels, "README.md"), "about", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(labels, ".DS_Store"), "x", Cancellation);
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);

        var page = WebUtility.HtmlDecode(await organiser.Browser.ReadAsync("/organise/benchmarks"));
        var catalog = server.Services.GetRequiredService<BenchmarkCatalog>();
        Assert.True(catalog.TryGet("tiny", out var folder));

        Assert.Equal(["TINY_test9.hdf5", "tset3.csv"], StrayFiles.Find(folder).Select(f => f.Name));
        Assert.Contains("labels/tset3.csv", page, StringComparison.Ordinal);
        Assert.Contains("Is it meant for test3? Rename it to test3.csv", page, StringComparison.Ordinal);
        Assert.DoesNotContain("README.md", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_file_that_is_wrong_at_the_start_leaves_the_labels_of_the_database_active()
    {
        await using var server = await TestServer.StartSignedInAsync();
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet("tiny", "test1", out var before));
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), "image_id,label\na-0,9\n", Cancellation);
        await server.RestartAsync();

        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet("tiny", "test1", out var after));
        Assert.Equal(before.Labels.Hash, after.Labels.Hash);
        Assert.StartsWith("Degraded\n", await server.Client.GetStringAsync("/health/ready", Cancellation), StringComparison.Ordinal);
    }
}

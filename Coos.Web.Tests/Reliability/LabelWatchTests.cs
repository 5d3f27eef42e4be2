using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using PureHDF;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Label files that are added or changed while the server runs.</summary>
public sealed class LabelWatchTests
{
    private const string NewLabels = "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,0\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_file_is_imported_when_it_is_stable_and_submissions_are_rescored()
    {
        await using var server = await TestServer.StartNewAsync();
        var id = await SubmitAsync(server);
        var before = (await SubmissionRow.FindAsync(server, id)).CurrentEvaluationId;
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), NewLabels, Cancellation);

        await CheckFilesAsync(server, times: 2);

        var row = await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored && s.CurrentEvaluationId != before);
        Assert.Equal(2, row.Evaluations.Count);
        var error = (await server.Client.GetJsonAsync($"/api/submissions/{id}"))["evaluation"]!["splits"]![0]!["balancedError"]!;
        Assert.Equal(0, (double)error, 1e-12);
    }

    /// <summary>The database rejects either the new labels, or the update that marks scores as outdated.</summary>
    [Theory]
    [InlineData("LabelVersions", "Hash")]
    [InlineData("Submissions", "Id")]
    public async Task A_failed_import_is_retried(string table, string column)
    {
        await using var server = await TestServer.StartNewAsync();
        var id = await SubmitAsync(server);
        var before = (await SubmissionRow.FindAsync(server, id)).CurrentEvaluationId;
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), NewLabels, Cancellation);
        await CheckFilesAsync(server, times: 1);
        await using (await BlockedTable.CreateAsync(server, table, column))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => CheckFilesAsync(server, times: 1));
        }

        await CheckFilesAsync(server, times: 1);

        await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored && s.CurrentEvaluationId != before);
    }

    [Fact]
    public async Task A_file_with_problems_does_not_change_the_labels()
    {
        await using var server = await TestServer.StartNewAsync();
        var hash = FindHash(server, "test1");
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), "image_id,label\na-0,9\n", Cancellation);

        await CheckFilesAsync(server, times: 3);

        Assert.Equal(hash, FindHash(server, "test1"));
    }

    [Fact]
    public async Task A_file_that_goes_bad_is_shown_to_organisers_until_it_is_corrected()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        var file = Path.Combine(server.Tiny, "labels", "test1.csv");
        var before = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, "image_id,label\na-0,9\n", Cancellation);
        await CheckFilesAsync(server, times: 3);

        var bad = WebUtility.HtmlDecode(await organiser.Browser.ReadAsync("/organise/benchmarks"));
        var degraded = await server.Client.GetStringAsync("/health/ready", Cancellation);
        await File.WriteAllTextAsync(file, before + "\n", Cancellation);
        await CheckFilesAsync(server, times: 3);
        var good = await organiser.Browser.ReadAsync("/organise/benchmarks");

        Assert.Contains("The label file of test1 cannot be read.", bad, StringComparison.Ordinal);
        Assert.Contains("The previous labels stay active.", bad, StringComparison.Ordinal);
        Assert.Contains($"{file}:2:label: unknown-class", bad, StringComparison.Ordinal);
        Assert.Equal(
            "Degraded\nThe label file of tiny/test1 cannot be read. Organisers see the reasons at /organise/benchmarks.",
            degraded
        );
        Assert.DoesNotContain("cannot be read", good, StringComparison.Ordinal);
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/ready", Cancellation));
    }

    /// <summary>For example a file that is still being copied: its first part is a valid file of fewer images.</summary>
    [Fact]
    public async Task A_truncated_gzip_file_is_ignored_until_it_is_complete()
    {
        await using var server = await TestServer.StartNewAsync();
        var file = Path.Combine(server.Tiny, "labels", "test3.csv.gz");
        var whole = Packed.GZip("image_id,label\nc-0,0\nc-1,1\n");
        await File.WriteAllBytesAsync(file, whole[..^8], Cancellation);
        await CheckFilesAsync(server, times: 3);
        Assert.Null(FindHash(server, "test3"));

        await File.WriteAllBytesAsync(file, whole, Cancellation);
        await CheckFilesAsync(server, times: 2);

        Assert.NotNull(FindHash(server, "test3"));
    }

    [Fact]
    public async Task Labels_are_read_from_a_dataset_file()
    {
        await using var server = await TestServer.StartNewAsync();
        Assert.Null(FindHash(server, "test3"));
        var file = new H5File
        {
            ["data"] = new ushort[4, 1, 2, 2],
            ["labels"] = new long[] { 2, 0, 1, 1 },
            ["plates"] = new long[] { 1, 1, 2, 2 },
        };
        file.Write(Path.Combine(server.Tiny, "labels", "TINY_test3.hdf5"));

        await CheckFilesAsync(server, times: 2);

        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, "test3", out var active));
        Assert.Equal([2, 0, 1, 1], active.Labels.Classes.Select(c => (int)c));
        Assert.Equal("3", active.Labels.Images.Id(3));
        Assert.Equal(["1", "1", "2", "2"], active.Labels.Plates);
    }

    [Fact]
    public async Task Two_files_for_one_split_are_rejected_and_nothing_changes()
    {
        await using var server = await TestServer.StartNewAsync();
        var hash = FindHash(server, "test1");
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv.gz"), "not even gzip", Cancellation);

        await CheckFilesAsync(server, times: 2);

        Assert.Equal(hash, FindHash(server, "test1"));
        var problems = server.Services.GetRequiredService<LabelProblems>();
        Assert.Contains("test1.csv and test1.csv.gz contain labels of test1", problems.Find("tiny", "test1"), StringComparison.Ordinal);

        File.Delete(Path.Combine(server.Tiny, "labels", "test1.csv.gz"));
        await CheckFilesAsync(server, times: 2);

        Assert.Null(problems.Find("tiny", "test1"));
    }

    private static async Task CheckFilesAsync(TestServer server, int times)
    {
        var watch = server.Services.GetRequiredService<LabelWatch>();
        for (var i = 0; i < times; i++)
        {
            await watch.CheckAsync(Cancellation);
        }
    }

    private static string? FindHash(TestServer server, string split) =>
        server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, split, out var active) ? active.Labels.Hash : null;

    /// <summary>Submits predictions that are correct with the new labels of test1.</summary>
    private static async Task<Guid> SubmitAsync(TestServer server)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(TinyBenchmark.Slug), "benchmark" },
            { new StringContent("Watched"), "method" },
            { new StringContent("Label watch"), "submitter" },
            { new StringContent(TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 0)), "test1", "test1.csv" },
        };
        using var response = await server.Client.PostAsync(new Uri("/api/submissions", UriKind.Relative), form, Cancellation);
        return (Guid)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["id"]!;
    }
}

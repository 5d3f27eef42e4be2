using System.Net;
using System.Text;
using Coos.Server.Organisers;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// Uploads labels on the organiser page: they become active only after a preview and a confirmation, and oversized files get a
/// readable error.
/// </summary>
[OneDatabase]
public sealed class LabelPageTests : IAsyncLifetime
{
    private const string Page = "/organise/labels";
    private const string Labels = "image_id,label\nc-0,0\nc-1,1\n";
    private const int MaximumBytes = 1 << 20;

    private static readonly (string, string) Target = ("target", "tiny/test3");

    private readonly TestServer _server = new();
    private TestAccount _organiser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", $"--Coos:Upload:MaxBytes={MaximumBytes}"]);
        _organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Previewed_labels_become_active_when_applied()
    {
        var empty = await _organiser.Browser.ReadAsync(Page);
        Assert.Contains("tiny, test3 (no labels yet)", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("tiny, test1", empty, StringComparison.Ordinal);

        var preview = await _organiser.Browser.UploadAsync(Page, "labels", Labels, Target);
        Assert.Contains("Preview: test3 of tiny", preview, StringComparison.Ordinal);
        Assert.Equal(0, await CountVersionsAsync());

        var import = await DecideAsync(preview, "import");
        Assert.Contains("Applied: test3 of tiny", import, StringComparison.Ordinal);
        Assert.Equal((1, 1), (await CountVersionsAsync(), await CountAuditEntriesAsync()));
        Assert.Contains("The preview has expired", await DecideAsync(preview, "import", HttpStatusCode.Conflict), StringComparison.Ordinal);

        var corrected = await _organiser.Browser.UploadAsync(Page, "labels", "image_id,label\nc-0,0\nc-1,2\n", Target);
        Assert.Contains("<dt>Class changed</dt><dd>1 image</dd>", corrected, StringComparison.Ordinal);
        var same = await _organiser.Browser.UploadAsync(Page, "labels", Labels, Target);
        Assert.Contains("No change: test3 of tiny", same, StringComparison.Ordinal);
        Assert.Matches("<form [^>]*class=\"decide\" hidden", same);
    }

    [Fact]
    public async Task Discarded_labels_and_labels_of_another_organiser_cannot_be_applied()
    {
        var preview = await _organiser.Browser.UploadAsync(Page, "labels", Labels, Target);
        var another = await TestAccount.RegisterAsync(_server, "Another organiser", isOrganiser: true);
        var previewId = preview[preview.IndexOf("name=\"preview\" value=\"", StringComparison.Ordinal)..][22..58];
        var otherPreview = await another.Browser.UploadAsync(Page, "labels", Labels, Target);
        using var foreign = await another.Browser.SendFormAsync(
            Page,
            otherPreview.Replace(
                otherPreview[otherPreview.IndexOf("name=\"preview\" value=\"", StringComparison.Ordinal)..][22..58],
                previewId,
                StringComparison.Ordinal
            ),
            "decide",
            ("act", "import")
        );
        using var discarded = await _organiser.Browser.SendFormAsync(Page, preview, "decide", ("act", "drop"));
        var after = await _organiser.Browser.ReadAsync(Page);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Redirect), (foreign.StatusCode, discarded.StatusCode));
        Assert.Contains("Labels discarded. Nothing changed.", after, StringComparison.Ordinal);
        await DecideAsync(preview, "import", HttpStatusCode.Conflict);
        Assert.Equal((0, 0), (await CountVersionsAsync(), await CountAuditEntriesAsync()));
    }

    [Fact]
    public async Task Applying_fails_if_the_active_labels_changed_since_the_preview()
    {
        var preview = await _organiser.Browser.UploadAsync(Page, "labels", Labels, Target);
        using var client = await _organiser.CreateClientAsync();
        using var put = await client.PutAsync(
            "/api/benchmarks/tiny/splits/test3/labels",
            new StringContent("image_id,label\nc-0,2\n"),
            Cancellation
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        var late = await DecideAsync(preview, "import", HttpStatusCode.Conflict);

        Assert.Contains("Other labels were applied in the meantime", late, StringComparison.Ordinal);
        Assert.Equal(1, await CountVersionsAsync());
    }

    [Fact]
    public void Pending_uploads_expire_and_are_limited_in_number()
    {
        var clock = new FakeTimeProvider();
        var uploads = new PendingLabelUploads(clock);
        var account = Guid.CreateVersion7(clock.GetUtcNow());
        var first = uploads.Add(account, null!);
        for (var i = 0; i < PendingLabelUploads.MaximumUploads; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            uploads.Add(account, CreateLabels());
        }

        var last = uploads.Add(account, CreateLabels());
        Assert.Null(uploads.Take(account, first));
        Assert.Null(uploads.Take(Guid.Empty, last));
        Assert.NotNull(uploads.Take(account, last));
        Assert.Null(uploads.Take(account, last));
        var old = uploads.Add(account, CreateLabels());
        clock.Advance(PendingLabelUploads.Lifetime);
        Assert.Null(uploads.Take(account, old));

        static CheckedLabels CreateLabels() => new(null!, null!, null!, null!);
    }

    [Fact]
    public async Task Labels_larger_than_the_limit_are_rejected_before_and_after_decompression()
    {
        using var client = await _organiser.CreateClientAsync();
        var large = new byte[4 * MaximumBytes];
        var bomb = Packed.GZip(new byte[8 * MaximumBytes]);
        Assert.True(bomb.Length < MaximumBytes / 8);

        using var sent = await client.PutAsync("/api/benchmarks/tiny/splits/test3/labels", new ByteArrayContent(large), Cancellation);
        using var packed = await client.PutAsync("/api/benchmarks/tiny/splits/test3/labels", new ByteArrayContent(bomb), Cancellation);
        using var damaged = await client.PutAsync(
            "/api/benchmarks/tiny/splits/test3/labels",
            new ByteArrayContent([0x1F, 0x8B, 1, 2, 3]),
            Cancellation
        );
        using var onPage = await _organiser.Browser.SendFileAsync(Page, "labels", large, Target);
        using var packedOnPage = await _organiser.Browser.SendFileAsync(Page, "labels", bomb, Target);

        Assert.Equal(
            [
                HttpStatusCode.RequestEntityTooLarge,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.RequestEntityTooLarge,
                HttpStatusCode.BadRequest,
            ],
            new[] { sent, packed, damaged, onPage, packedOnPage }.Select(a => a.StatusCode)
        );
        Assert.Contains("takes more than the 1,048,576 bytes allowed", await packed.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("takes more than the 1,048,576 bytes allowed", await packedOnPage.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await CountVersionsAsync(), await CountAuditEntriesAsync()));
    }

    [Fact]
    public async Task Problems_of_a_label_file_are_shown_on_the_page()
    {
        using var wrong = await _organiser.Browser.SendFileAsync(Page, "labels", Encoding.UTF8.GetBytes("image_id,label\nc-0,9\n"), Target);
        using var none = await _organiser.Browser.SendFileAsync(Page, "labels", [], Target);
        using var nowhere = await _organiser.Browser.SendFileAsync(
            Page,
            "labels",
            Encoding.UTF8.GetBytes(Labels),
            ("target", "tiny/test9")
        );

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            new[] { wrong, none, nowhere }.Select(a => a.StatusCode)
        );
        Assert.Contains("The labels have problems", await wrong.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("No file was chosen", await none.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("tiny has no split", await nowhere.ReadTextAsync(), StringComparison.Ordinal);
    }

    private async Task<string> DecideAsync(string page, string act, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await _organiser.Browser.SendFormAsync(Page, page, "decide", ("act", act));
        Assert.Equal(status, response.StatusCode);
        return await response.ReadTextAsync();
    }

    private async Task<int> CountVersionsAsync()
    {
        await using var database = await _server.OpenDatabaseAsync();
        return await database.LabelVersions.CountAsync(v => v.Benchmark == "tiny" && v.Split == "test3", Cancellation);
    }

    private async Task<int> CountAuditEntriesAsync()
    {
        await using var database = await _server.OpenDatabaseAsync();
        return await database.AuditEntries.CountAsync(Cancellation);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Organisers upload labels through the API.</summary>
[OneDatabase]
public sealed class LabelUploadTests : IAsyncLifetime
{
    private const string Path = "/api/benchmarks/tiny/splits/test3/labels";
    private const string Labels = "image_id,label\nc-0,0\nc-1,1\nc-2,2\n";

    private readonly TestServer _server = new();
    private HttpClient _organiser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        _organiser = await (await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true)).CreateClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _organiser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_preview_reports_the_changes_without_applying_them()
    {
        var preview = await PutAsync(Path + "?preview=true", Labels);

        JsonShape.AssertMatches(
            """
            { "benchmark": "tiny", "split": "test3", "images": 3, "labelsHash": "{hash}", "changes": true, "sameImages": true,
              "submissions": 0, "stored": false,
              "classes": [ { "index": 0, "name": "Round", "images": 1 }, { "index": 1, "name": "Square", "images": 1 },
                { "index": 2, "name": "Long, thin", "images": 1 } ] }
            """,
            preview
        );
        using var refused = await _organiser.SubmitAsync(UploadForm.Tiny("").File("test3", "image_id,label\nc-0,0\nc-1,1\nc-2,2\n"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task New_labels_rescore_submissions_and_survive_a_restart()
    {
        await PutAsync(Path, Labels);
        var sent = await _organiser.SubmitScoredAsync(UploadForm.Tiny("").File("test3", "image_id,label\nc-0,0\nc-1,1\nc-2,1\n"));
        var changed = await PutAsync(Path, "image_id,label\nc-0,0\nc-1,1\nc-2,1\nc-3,2\n", packed: true);
        var same = await PutAsync(Path, "label,image_id\n2,c-3\n1,c-2\n1,c-1\n0,c-0\n");
        var back = await PutAsync(Path, "image_id,label\nc-0,0\nc-1,1\nc-2,1\n");

        Assert.Equal((3, false, 1), ((int)changed["previousImages"]!, (bool)changed["sameImages"]!, (int)changed["submissions"]!));
        Assert.Equal((false, false), ((bool)same["changes"]!, (bool)same["stored"]!));
        Assert.True((bool)back["stored"]!);
        var row = await SubmissionRow.AwaitAsync(_server, (Guid)sent["id"]!, s => s.Evaluations.Count == 2);
        Assert.Equal(2, row.Evaluations.Count);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(
            3,
            await database.AuditEntries.CountAsync(
                e => e.Action == "labels.import" && e.Target == "tiny/test3" && e.Actor == "Organiser",
                Cancellation
            )
        );

        await _server.RestartAsync();
        var test3 = (await _server.Client.GetJsonAsync("/api/benchmarks/tiny"))["splits"]!
            .AsArray()
            .Single(s => (string?)s!["name"] == "test3")!;
        Assert.Equal((true, 3), ((bool)test3["labelled"]!, (int)test3["images"]!));
    }

    /// <summary>Otherwise the leaderboard would show ranks that do not follow from the active labels.</summary>
    [Fact]
    public async Task Rescoring_is_caught_up_if_the_upload_was_interrupted()
    {
        await PutAsync(Path, Labels);
        var id = (Guid)
            (await _organiser.SubmitScoredAsync(UploadForm.Tiny("").File("test3", "image_id,label\nc-0,0\nc-1,1\nc-2,1\n")))["id"]!;
        await using (await BlockedTable.CreateAsync(_server, "Submissions", "Id"))
        {
            using var response = await _organiser.PutAsync(Path, new StringContent("image_id,label\nc-0,0\nc-1,1\nc-2,1\n"), Cancellation);
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }

        await _server.Services.GetRequiredService<LabelWatch>().CheckAsync(Cancellation);

        await SubmissionRow.AwaitAsync(
            _server,
            id,
            s => s.Status == Shared.Submissions.SubmissionStatus.Scored && s.Evaluations.Count == 2
        );
    }

    [Fact]
    public async Task Labels_with_problems_are_rejected_as_a_whole()
    {
        using var response = await _organiser.PutAsync(Path, new StringContent("image_id,label\nc-0,0\nc-0,9\n"), Cancellation);

        var problem = JsonNode.Parse(await response.ReadTextAsync())!;
        Assert.Equal((HttpStatusCode.BadRequest, "The labels have problems"), (response.StatusCode, (string?)problem["title"]));
        Assert.Equal(3, (int)problem["errors"]![0]!["line"]!);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.False(await database.LabelVersions.AnyAsync(v => v.Benchmark == "tiny" && v.Split == "test3", Cancellation));
        Assert.Empty(database.AuditEntries);
    }

    [Fact]
    public async Task Labels_in_a_truncated_gzip_file_are_rejected()
    {
        using var response = await _organiser.PutAsync(Path, new ByteArrayContent(Packed.GZip(Labels)[..^4]), Cancellation);

        var problem = JsonNode.Parse(await response.ReadTextAsync())!;
        Assert.Equal((HttpStatusCode.BadRequest, "The labels have problems"), (response.StatusCode, (string?)problem["title"]));
        var error = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal(("bad-encoding", "test3"), ((string?)error["code"], (string?)error["file"]));
        Assert.Contains(
            "the file is damaged or was cut short. Pack it again, or send it unpacked.",
            (string?)error["message"],
            StringComparison.Ordinal
        );
        await using var database = await _server.OpenDatabaseAsync();
        Assert.False(await database.LabelVersions.AnyAsync(v => v.Benchmark == "tiny" && v.Split == "test3", Cancellation));
    }

    /// <summary>As predictions: in a form, as <c>curl -F</c> sends it, and packed as gzip or as a zip with one file.</summary>
    [Theory]
    [InlineData("form")]
    [InlineData("gzip in a form")]
    [InlineData("zip")]
    public async Task Labels_may_be_sent_in_a_form_and_packed(string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Labels);
        using HttpContent content = kind switch
        {
            "form" => new MultipartFormDataContent { { new ByteArrayContent(bytes), "labels", "test3.csv" } },
            "gzip in a form" => new MultipartFormDataContent { { new ByteArrayContent(Packed.GZip(bytes)), "labels", "test3.csv.gz" } },
            _ => new ByteArrayContent(Packed.Zip(("test3.csv", bytes))),
        };

        using var response = await _organiser.PutAsync(Path, content, Cancellation);

        var change = await response.ReadJsonAsync();
        Assert.Equal((3, true), ((int)change["images"]!, (bool)change["stored"]!));
    }

    [Fact]
    public async Task A_form_with_text_or_several_files_is_rejected_with_the_reason()
    {
        using var text = new MultipartFormDataContent { { new StringContent(Labels), "labels" } };
        using var two = new MultipartFormDataContent
        {
            { new StringContent(Labels), "a", "a.csv" },
            { new StringContent(Labels), "b", "b.csv" },
        };
        using var workbook = new ByteArrayContent(Packed.Zip(("[Content_Types].xml", [1]), ("xl/workbook.xml", [1])));

        using var asText = await _organiser.PutAsync(Path, text, Cancellation);
        using var asTwo = await _organiser.PutAsync(Path, two, Cancellation);
        using var asWorkbook = await _organiser.PutAsync(Path, workbook, Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The form cannot be read",
            "Nothing was stored. labels was sent as a field and not as a file; with curl, send -F labels=@FILE, or --data-binary @FILE."
        ).AssertAsync(asText);
        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The form cannot be read",
            "Nothing was stored. The form has 2 files; send one."
        ).AssertAsync(asTwo);
        Assert.Equal(HttpStatusCode.BadRequest, asWorkbook.StatusCode);
        Assert.Contains("workbook", await asWorkbook.ReadTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Their texts are about labels, not about predictions, of which a zip may hold several splits.</summary>
    [Theory]
    [InlineData("two files", "wrong-split", "the zip holds 2 files; it must hold one file")]
    [InlineData("no file", "wrong-split", "the zip holds no file; it must hold one file")]
    [InlineData("NumPy", "bad-encoding", "the file is a NumPy archive (.npz); write the table as CSV text")]
    [InlineData("Parquet", "bad-encoding", "the file is a Parquet file; write the table as CSV text")]
    [InlineData("encrypted", "bad-encoding", "the file is encrypted with a password; pack the zip without one")]
    public async Task Files_that_are_not_a_label_file_are_described(string kind, string code, string message)
    {
        var bytes = kind switch
        {
            "two files" => Packed.Zip(("test3.csv", Labels), ("test1.csv", Labels)),
            "no file" => Packed.Zip(Array.Empty<(string, byte[])>()),
            "NumPy" => Packed.Zip(("labels.npy", Labels)),
            "Parquet" => Encoding.ASCII.GetBytes("PAR1 and more"),
            _ => Encrypt(Packed.Zip(("test3.csv", Labels))),
        };

        using var response = await _organiser.PutAsync(Path, new ByteArrayContent(bytes), Cancellation);

        var error = Assert.Single(JsonNode.Parse(await response.ReadTextAsync())!["errors"]!.AsArray())!;
        Assert.Equal(
            (HttpStatusCode.BadRequest, code, "test3", message),
            (response.StatusCode, (string?)error["code"], (string?)error["file"], (string?)error["message"])
        );
    }

    /// <summary>Its own status, and not that of a form that cannot be read.</summary>
    [Theory]
    [InlineData("--Coos:Upload:MaxBytes=1024", 2 << 20, HttpStatusCode.RequestEntityTooLarge, "may have 1,049,600 bytes")]
    [InlineData("--Coos:Upload:MaxSpooledBytes=1024", 4096, HttpStatusCode.ServiceUnavailable, "as many uploads as it can hold")]
    public async Task A_form_beyond_a_limit_keeps_its_status(string setting, int bytes, HttpStatusCode status, string detail)
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", setting]);
        using var client = await (await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true)).CreateClientAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[bytes]), "labels", "test3.csv" } };

        using var response = await client.PutAsync(Path, form, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(detail, (string?)JsonNode.Parse(await response.ReadTextAsync())!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.csv\"\r\n\r\nimage_id",
        "It ends in the middle of a part; send it again."
    )]
    [InlineData("--b--\r\n", "No file was sent; with curl, send -F labels=@FILE.")]
    public async Task A_form_that_is_cut_short_or_empty_is_rejected_with_the_reason(string text, string reason)
    {
        using var body = new StringContent(text);
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var response = await _organiser.PutAsync(Path, body, Cancellation);

        await new ExpectedProblem(HttpStatusCode.BadRequest, "The form cannot be read", $"Nothing was stored. {reason}").AssertAsync(
            response
        );
    }

    [Fact]
    public async Task A_duplicate_image_is_reported_with_both_lines_and_preview_is_read_in_any_spelling()
    {
        using var response = await _organiser.PutAsync(
            Path + "?preview=True",
            new StringContent("image_id,label\nc-0,0\nc-1,1\nc-0,2\n"),
            Cancellation
        );

        var problem = JsonNode.Parse(await response.ReadTextAsync())!;
        Assert.Equal(
            (4, "image c-0 already has a line, line 2; keep one of the two"),
            ((int)problem["errors"]![0]!["line"]!, (string?)problem["errors"]![0]!["message"])
        );
        Assert.False((bool)(await PutAsync(Path + "?preview=1", Labels))["stored"]!);
    }

    [Fact]
    public async Task Labels_of_unknown_splits_and_of_splits_with_a_label_file_are_rejected()
    {
        using var file = await _organiser.PutAsync("/api/benchmarks/tiny/splits/test1/labels", new StringContent(Labels), Cancellation);
        using var split = await _organiser.PutAsync("/api/benchmarks/tiny/splits/test9/labels", new StringContent(Labels), Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.Conflict,
            "The labels come from a file",
            "Nothing was stored. The server reads the labels of test1 from test1.csv in the benchmark's folder. "
                + "Change that file, or remove it and upload the labels again."
        ).AssertAsync(file);
        await ExpectedProblem.NotFound("tiny has no split \"test9\"; its splits are training, test1, test2, test3.").AssertAsync(split);
    }

    /// <summary>Marks the only file of a zip as encrypted, and makes it noise.</summary>
    private static byte[] Encrypt(byte[] zip)
    {
        var (local, central) = (zip.AsSpan().IndexOf("PK\u0003\u0004"u8), zip.AsSpan().IndexOf("PK\u0001\u0002"u8));
        zip[local + 6] |= 1;
        zip[central + 8] |= 1;
        for (var i = local + 30 + zip[local + 26]; i < central; i++)
        {
            zip[i] ^= 0x5A;
        }

        return zip;
    }

    private async Task<JsonNode> PutAsync(string path, string text, bool packed = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var response = await _organiser.PutAsync(path, new ByteArrayContent(packed ? Packed.GZip(bytes) : bytes), Cancellation);
        return await response.ReadJsonAsync();
    }
}

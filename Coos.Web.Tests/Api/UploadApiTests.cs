using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Files are uploaded and checked before the submission that names them.</summary>
[Collection(ServerCollection.Name)]
public sealed class UploadApiTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submitting_uploads_gives_the_same_result_as_submitting_their_files()
    {
        var test1 = await UploadAsync(Form().File("file", TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0)));
        var test2 = await UploadAsync(Form().Field("split", "test2").File("file", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 1)));

        var byUpload = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("By upload").Field("upload", (string)test2["id"]!).Field("upload", (string)test1["id"]!)
        );
        var byFile = await server.Client.SubmitScoredAsync(UploadForm.Tiny("By file").Test1(0, 1, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 1));

        Assert.Equal("test1", (string?)test1["split"]);
        Assert.Equal(byFile["evaluation"]!["predictionsHash"]!.ToJsonString(), byUpload["evaluation"]!["predictionsHash"]!.ToJsonString());
        Assert.Equal(byFile["evaluation"]!["splits"]!.ToJsonString(), byUpload["evaluation"]!["splits"]!.ToJsonString());
    }

    [Fact]
    public async Task An_upload_and_a_file_are_submitted_together()
    {
        var upload = await UploadAsync(Form().File("test1", TinyBenchmark.Predictions("test1", 0, 1, 1, 0, 2, 0)));

        var sent = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Both ways").Field("upload", (string)upload["id"]!).Test2(0, 0, 1, 1, 1, 1)
        );

        Assert.Equal(["test1", "test2"], sent["evaluation"]!["splits"]!.AsArray().Select(s => (string?)s!["split"]));
    }

    [Fact]
    public async Task A_zip_is_one_upload_of_several_splits()
    {
        var zip = Packed.Zip(
            ("test2.csv", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2)),
            ("test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2))
        );
        var upload = await UploadAsync(Form().File("file", zip, "all.zip"));

        Assert.Null(upload["split"]);
        Assert.Equal(12, (int)upload["images"]!);
        Assert.Equal(["test1", "test2"], upload["splits"]!.AsArray().Select(s => (string?)s!["split"]));
        Assert.Empty(upload["problems"]!.AsArray());
    }

    [Fact]
    public async Task A_file_for_another_split_is_kept_for_the_split_whose_images_it_has()
    {
        var upload = await UploadAsync(Form().Field("split", "test1").File("file", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2)));

        Assert.Equal("test2", (string?)upload["split"]);
        Assert.Equal("wrong-split", (string?)Assert.Single(upload["problems"]!.AsArray())!["code"]);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1 }, "one-class", "every image is predicted as Square")]
    [InlineData(new[] { 1, 1, 0, 1, 1, 1 }, "unused-class", "no image is predicted as Long, thin")]
    public async Task Classes_that_are_never_predicted_are_a_warning(int[] labels, string code, string message)
    {
        var upload = await UploadAsync(Form().File("test1", TinyBenchmark.Predictions("test1", labels)));

        var warning = Assert.Single(upload["warnings"]!.AsArray())!;
        Assert.Equal(("test1", code, message), ((string?)warning["file"], (string?)warning["code"], (string?)warning["message"]));
    }

    [Fact]
    public async Task A_file_with_problems_is_rejected_with_the_same_list_as_a_submission()
    {
        const string File = "image_id,label\na-0,0\na-1,7\n";
        using var upload = await PostAsync(Form().Field("split", "test1").File("file", File));
        using var submission = await server.Client.SubmitAsync(UploadForm.Tiny("Same problems").File("test1", File));

        var (left, right) = (
            await ReadProblemAsync(upload, HttpStatusCode.BadRequest),
            await ReadProblemAsync(submission, HttpStatusCode.BadRequest)
        );
        Assert.Equal(right["errors"]!.ToJsonString(), left["errors"]!.ToJsonString());
        Assert.Equal(5, (int)left["errorCount"]!);
    }

    [Theory]
    [InlineData("image_id,label\nz-0,0\n", "wrong-split")]
    [InlineData("image_id,label\n", "wrong-split")]
    [InlineData("label\n1\n", "wrong-split")]
    public async Task A_file_whose_split_cannot_be_found_is_rejected(string text, string code)
    {
        using var answer = await PostAsync(Form().File("file", text, "results.csv"));

        var problem = Assert.Single((await ReadProblemAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal(("results.csv", code), ((string?)problem["file"], (string?)problem["code"]));
        Assert.Contains("add a field split, one of test1, test2, test3", (string?)problem["message"], StringComparison.Ordinal);
    }

    /// <summary>Test2's ids are in no other split, so a part of them is enough; the list of problems is then of test2.</summary>
    [Fact]
    public async Task An_incomplete_file_is_checked_against_the_only_split_that_has_its_images()
    {
        using var answer = await PostAsync(Form().File("file", "image_id,label\nb-0,0\nb-1,1\n"));

        var problems = (await ReadProblemAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsArray();
        Assert.Equal(4, problems.Count);
        Assert.All(problems, p => Assert.Equal(("test2", "missing-image"), ((string?)p!["file"], (string?)p["code"])));
    }

    [Theory]
    [InlineData("nonsense", "unknown-upload")]
    [InlineData("00000000-0000-0000-0000-000000000000", "unknown-upload")]
    public async Task Submitting_an_unknown_upload_stores_nothing(string id, string code)
    {
        var before = await StoredRows.CountAsync(server.Services);
        using var answer = await server.Client.SubmitAsync(UploadForm.Tiny("Unknown upload").Field("upload", id));

        var problem = Assert.Single((await ReadProblemAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal(("upload", code), ((string?)problem["field"], (string?)problem["code"]));
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task Two_files_for_one_split_are_rejected()
    {
        var upload = await UploadAsync(Form().File("test1", TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0)));

        using var answer = await server.Client.SubmitAsync(
            UploadForm.Tiny("Two files").Field("upload", (string)upload["id"]!).Test1(0, 1, 1, 1, 2, 2)
        );

        var problem = Assert.Single((await ReadProblemAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal("there are two files for test1; send one", (string?)problem["message"]);
    }

    [Fact]
    public async Task A_repeated_submission_of_an_upload_links_to_the_first()
    {
        var upload = await UploadAsync(Form().File("test1", TinyBenchmark.Predictions("test1", 2, 1, 1, 1, 2, 0)));
        var first = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Repeated").Field("upload", (string)upload["id"]!));

        using var answer = await server.Client.SubmitAsync(UploadForm.Tiny("Repeated").Field("upload", (string)upload["id"]!));

        var refusal = await ReadProblemAsync(answer, HttpStatusCode.Conflict);
        Assert.Equal($"/api/submissions/{first["id"]}", (string?)refusal["submission"]!["self"]);
    }

    [Fact]
    public async Task A_deleted_upload_is_gone()
    {
        var upload = await UploadAsync(Form().File("test1", TinyBenchmark.Predictions("test1", 2, 2, 1, 1, 2, 0)));
        var path = $"/api/uploads/{upload["id"]}";

        Assert.Equal(upload["splits"]!.ToJsonString(), (await server.Client.GetJsonAsync(path))["splits"]!.ToJsonString());
        using var deleted = await server.Client.DeleteAsync(path, Cancellation);
        using var again = await server.Client.DeleteAsync(path, Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Uploads_expire_after_a_day_and_count_against_the_size_limit_until_then()
    {
        await using var own = new TestServer();
        await own.StartAsync(settings: ["--Coos:Upload:MaxPendingBytes=1024"]);
        var file = TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0) + new string('\n', 600);
        var start = TimeProvider.System.GetUtcNow().UtcDateTime;
        var first = await (await own.Client.PostAsync("/api/uploads", Form().File("test1", file).Content, Cancellation)).ReadJsonAsync(
            HttpStatusCode.Created
        );
        Assert.InRange((DateTime)first["expiresAt"]! - start, TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));

        using var tooMuch = await own.Client.PostAsync("/api/uploads", Form().File("test1", file).Content, Cancellation);
        await using var database = await own.OpenDatabaseAsync();
        await database.Uploads.ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, start), Cancellation);
        using var expired = await own.Client.GetAsync($"/api/uploads/{first["id"]}", Cancellation);
        using var allowed = await own.Client.PostAsync("/api/uploads", Form().File("test1", file).Content, Cancellation);

        Assert.Equal("Too many uploads", (string?)(await ReadProblemAsync(tooMuch, HttpStatusCode.RequestEntityTooLarge))["title"]);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created), (expired.StatusCode, allowed.StatusCode));
        Assert.Equal((1, 1), (await database.Uploads.CountAsync(Cancellation), await database.UploadedSplits.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task An_upload_whose_images_were_replaced_must_be_uploaded_again()
    {
        await using var own = await TestServer.StartNewAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(own);
        await PutLabelsAsync(organiser, "c-0,0\nc-1,1\nc-2,2\n");
        using var sent = await own.Client.PostAsync(
            "/api/uploads",
            Form().File("test3", "image_id,label\nc-0,0\nc-1,1\nc-2,2\n").Content,
            Cancellation
        );
        var upload = await sent.ReadJsonAsync(HttpStatusCode.Created);
        await PutLabelsAsync(organiser, "c-0,0\nc-1,1\n");

        using var answer = await own.Client.SubmitAsync(UploadForm.Tiny("Replaced").Field("upload", (string)upload["id"]!));

        var problem = Assert.Single((await ReadProblemAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsArray())!;
        Assert.Equal("images-changed", (string?)problem["code"]);
    }

    private static async Task<JsonNode> ReadProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.ReadTextAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    private static UploadForm Form() => new UploadForm().Field("benchmark", TinyBenchmark.Slug);

    private static async Task PutLabelsAsync(HttpClient organiser, string rows)
    {
        using var content = new StringContent("image_id,label\n" + rows, System.Text.Encoding.UTF8, "text/csv");
        using var answer = await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(UploadForm form) => server.Client.PostAsync("/api/uploads", form.Content, Cancellation);

    private async Task<JsonNode> UploadAsync(UploadForm form)
    {
        using var answer = await PostAsync(form);
        return await answer.ReadJsonAsync(HttpStatusCode.Created);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Submissions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Rejects forms with invalid fields.</summary>
[Collection(ServerCollection.Name)]
public sealed class InvalidFormTests(CoosFixture server)
{
    private const string BadUrl = "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://";

    private static readonly string Long = new('m', 10_000);

    /// <summary>A field, its value, and the code and message of the problem.</summary>
    public static TheoryData<string, string, string, string> Fields =>
        new()
        {
            { "method", "", "required", "method is empty; allowed: 1 to 100 characters" },
            { "method", "  \t ", "required", "method is empty; allowed: 1 to 100 characters" },
            { "method", Long, "too-long", "method has 10,000 characters; at most 100 are allowed, put the rest into description" },
            { "method", "<script>alert(1)</script>", "bad-text", "method contains the markup <script>; write it as plain text" },
            { "method", "two\nlines", "bad-text", "method contains a line break, U+000A; write it on one line" },
            { "method", "nul\0", "bad-text", "method contains the control character U+0000; remove it" },
            {
                "method",
                "Res\u200BNet",
                "bad-text",
                "method contains the invisible character U+200B (zero width space) at position 4; remove it"
            },
            {
                "submitter",
                "Soft\u00ADLab",
                "bad-text",
                "submitter contains the invisible character U+00AD (soft hyphen) at position 5; remove it"
            },
            { "method", "\u200B\u2060", "required", "method is empty; allowed: 1 to 100 characters" },
            { "method", "no\uFFFEcharacter", "bad-text", "method contains the control character U+FFFE; remove it" },
            {
                "method",
                "turned \u202Eround",
                "bad-text",
                "method contains the invisible character U+202E (right-to-left override) at position 8; remove it"
            },
            { "method", "two\u2028lines", "bad-text", "method contains a line break, U+2028; write it on one line" },
            { "submitter", "", "required", "submitter is empty; allowed: 1 to 100 characters" },
            { "submitter", Long, "too-long", "submitter has 10,000 characters; at most 100 are allowed, put the rest into description" },
            { "submitter", "<b>me</b>", "bad-text", "submitter contains the markup <b>; write it as plain text" },
            { "description", Long, "too-long", "description has 10,000 characters; at most 4,000 are allowed" },
            { "description", "bell\a", "bad-text", "description contains control characters; use plain text" },
            { "paperUrl", "javascript:alert(1)", "bad-url", BadUrl },
            { "paperUrl", "example.org/paper", "bad-url", BadUrl },
            {
                "codeUrl",
                "//example.org",
                "bad-url",
                "codeUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
            {
                "codeUrl",
                "ftp://example.org/code",
                "bad-url",
                "codeUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
            {
                "codeUrl",
                "https://",
                "bad-url",
                "codeUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
            {
                "codeUrl",
                "https://example.org/" + new string('c', 500),
                "bad-url",
                "codeUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
            { "externalData", "perhaps", "bad-value", "externalData is not valid; allowed: true, false" },
            { "ensemble", "maybe", "bad-value", "ensemble is not valid; allowed: true, false" },
            { "testTimeAdaptation", "2", "bad-value", "testTimeAdaptation is not valid; allowed: true, false" },
            { "tunedOn", "test2", "bad-value", "tunedOn is not valid; allowed: training, reference, other" },
            {
                "parameters",
                "11M",
                "bad-value",
                "parameters is not valid; allowed: a whole number from 0 to 9007199254740991, in digits only"
            },
            {
                "trainingImages",
                "-1",
                "bad-value",
                "trainingImages is not valid; allowed: a whole number from 0 to 9007199254740991, in digits only"
            },
            { "run", new string('1', 41), "too-long", "run has 41 characters; at most 40 are allowed" },
            { "run", "<b>", "bad-text", "run contains the markup <b>; write it as plain text" },
            { "pretraining", new string('p', 101), "too-long", "pretraining has 101 characters; at most 100 are allowed" },
            { "visibility", "secret", "bad-value", "visibility is not valid; allowed: public, private" },
            { "visibility", "1", "bad-value", "visibility is not valid; allowed: public, private" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public Task An_invalid_field_is_rejected_by_name(string field, string value, string code, string message)
    {
        var fields = new Dictionary<string, string>
        {
            ["benchmark"] = "tiny",
            ["method"] = "Method",
            ["submitter"] = nameof(InvalidFormTests),
            [field] = value,
        };

        return server.AssertRejectedAsync(
            () => fields.Aggregate(new UploadForm(), (form, f) => form.Field(f.Key, f.Value)).Test1(0, 0, 0, 0, 0, 0),
            ExpectedProblem.Fields($$"""[ { "field": "{{field}}", "code": "{{code}}", "message": "{{message}}" } ]""")
        );
    }

    /// <summary>A misspelled visibility would publish what was meant to be private.</summary>
    [Theory]
    [InlineData("visiblity", "did you mean visibility? ")]
    [InlineData("Visibility", "did you mean visibility? ")]
    [InlineData("paper_url", "did you mean paperUrl? ")]
    [InlineData("licence", "")]
    [InlineData("_handler", "")]
    public Task An_unknown_field_is_rejected_with_the_near_name(string field, string hint) =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(InvalidFormTests)).Field(field, "private").Test1(0, 0, 0, 0, 0, 0),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "{{field}}", "code": "unknown-field", "message": "this field does not exist; {{hint}}allowed: {{string.Join(
                    ", ",
                    FormFields.OfSubmission
                )}}" } ]
                """
            )
        );

    [Fact]
    public async Task The_size_limit_holds_for_all_files_of_a_submission_together()
    {
        var half = Packed.GZip("image_id,label\n" + new string('\n', CoosFixture.MaximumBytes * 6 / 10));
        var form = UploadForm.Tiny(nameof(The_size_limit_holds_for_all_files_of_a_submission_together));
        using var response = await server.Client.SubmitAsync(form.File("test1", half).File("test2", half));

        var errors = JsonNode.Parse(await response.ReadTextAsync())!["errors"]!.AsArray();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var tooLarge = Assert.Single(errors, e => (string?)e!["code"] == "too-large")!;
        Assert.Equal("test2", (string?)tooLarge["file"]);
        Assert.Contains("1,048,576 bytes allowed for all files together", (string?)tooLarge["message"], StringComparison.Ordinal);
    }

    [Fact]
    public Task A_prediction_file_that_was_sent_as_a_field_is_rejected() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(InvalidFormTests)).Field("test1", "image_id,label\n").Test2(0, 0, 0, 0, 0, 0),
            ExpectedProblem.Fields(
                """[ { "field": "test1", "code": "unknown-field", "message": "test1 was sent as a field and not as a file; """
                    + """with curl, send -F test1=@FILE" } ]"""
            )
        );

    [Fact]
    public async Task A_file_input_without_a_file_is_ignored()
    {
        using var response = await server.Client.ValidateAsync(
            UploadForm.Tiny(nameof(InvalidFormTests)).Test1(0, 0, 0, 0, 0, 0).Field("test2", "").Field("predictions", "")
        );

        await response.ReadJsonAsync();
    }

    [Fact]
    public async Task An_upload_with_an_unknown_field_is_rejected()
    {
        using var response = await server.Client.PostAsync(
            "/api/uploads",
            new UploadForm().Field("benchmark", TinyBenchmark.Slug).Field("spilt", "test1").Test1(0, 0, 0, 0, 0, 0).Content,
            TestContext.Current.CancellationToken
        );

        await ExpectedProblem
            .Fields(
                """[ { "field": "spilt", "code": "unknown-field", "message": "this field does not exist; did you mean split? """
                    + """allowed: benchmark, split" } ]"""
            )
            .AssertAsync(response);
    }

    [Fact]
    public async Task All_problems_of_a_form_are_reported_at_once() =>
        await server.AssertRejectedAsync(
            () => new UploadForm().Field("paperUrl", "x"),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "benchmark", "code": "required", "message": "benchmark is empty; allowed: {{string.Join(
                    ", ",
                    await SlugsAsync()
                )}}" },
                  { "field": "method", "code": "required", "message": "method is empty; allowed: 1 to 100 characters" },
                  { "field": "submitter", "code": "required", "message": "submitter is empty; allowed: 1 to 100 characters" },
                  { "field": "paperUrl", "code": "bad-url", "message": "{{BadUrl}}" } ]
                """
            )
        );

    [Fact]
    public Task A_form_without_files_is_rejected() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(InvalidFormTests)),
            ExpectedProblem.Fields(
                """[ { "field": "predictions", "code": "no-file", "message": "no file was sent; send one file part per split, """
                    + """named test1, test2, test3, or a zip of <split>.csv files as part predictions, """
                    + """or an ONNX model as part model" } ]"""
            )
        );

    [Fact]
    public Task A_part_with_an_unknown_split_is_rejected() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(InvalidFormTests)).Test1(0, 0, 0, 0, 0, 0).File("test9", "x").File(new string('s', 100), "x"),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "test9", "code": "unknown-split",
                    "message": "tiny has no split \"test9\"; its splits are test1, test2, test3" },
                  { "field": "{{new string('s', 60)}}...", "code": "unknown-split", "message": "tiny has no split \"{{new string(
                    's',
                    60
                )}}...\"; its splits are test1, test2, test3" } ]
                """
            )
        );

    [Fact]
    public Task An_unknown_value_of_the_split_field_is_rejected() =>
        server.AssertRejectedAsync(
            () =>
                UploadForm
                    .Tiny(nameof(InvalidFormTests))
                    .Field("split", "Test9")
                    .File("predictions", TinyBenchmark.Predictions("test1", 0, 0, 0, 0, 0, 0)),
            ExpectedProblem.Fields(
                """[ { "field": "Test9", "code": "unknown-split", "message": "tiny has no split \"Test9\"; its splits are """
                    + """test1, test2, test3" } ]"""
            )
        );

    [Theory]
    [InlineData("no-such", "no-such")]
    [InlineData("TINY", "TINY")]
    [InlineData("<b>", "<b>")]
    public async Task An_unknown_benchmark_is_not_found(string slug, string shown) =>
        await server.AssertRejectedAsync(
            () => new UploadForm().Field("benchmark", slug).Field("method", "x").Field("submitter", "x").Test1(0, 0, 0, 0, 0, 0),
            ExpectedProblem.NotFound($"There is no benchmark \"{shown}\"; the benchmarks are: {string.Join(", ", await SlugsAsync())}.")
        );

    [Theory]
    [InlineData("tiny", "test3")]
    [InlineData("tiny", "training")]
    [InlineData("coos-7", "test1")]
    public Task A_split_without_labels_gives_409_with_import_instructions(string slug, string split) =>
        server.AssertRejectedAsync(
            () =>
                new UploadForm()
                    .Field("benchmark", slug)
                    .Field("method", "x")
                    .Field("submitter", "x")
                    .File(split, "image_id,label\na-0,0\n"),
            new ExpectedProblem(
                HttpStatusCode.Conflict,
                "Labels not imported",
                $"Nothing was stored. The server does not have the labels of {split} of {slug}, so it cannot score them. "
                    + "The organiser can import them by putting labels/<split>.csv (columns image_id,label) into the benchmark folder; "
                    + "the server reads them within seconds. See docs/formats.md."
            )
        );

    private async Task<IEnumerable<string?>> SlugsAsync() =>
        (await server.Client.GetJsonAsync("/api/benchmarks")).AsArray().Select(b => (string?)b!["slug"]);
}

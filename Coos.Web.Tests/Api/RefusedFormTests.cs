using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Forms whose fields are wrong.</summary>
[Collection(ServerCollection.Name)]
public sealed class RefusedFormTests(CoosFixture server)
{
    private static readonly string Long = new('m', 10_000);

    /// <summary>A field, a value, the code and message of its problem.</summary>
    public static TheoryData<string, string, string, string> Fields =>
        new()
        {
            { "method", "", "required", "method is empty; give 1 to 100 characters" },
            { "method", "  \t ", "required", "method is empty; give 1 to 100 characters" },
            { "method", Long, "too-long", "method has 10,000 characters; 100 are allowed, the rest belongs into description" },
            {
                "method",
                "<script>alert(1)</script>",
                "bad-text",
                "method holds markup or control characters; write plain text without < and >"
            },
            { "method", "two\nlines", "bad-text", "method holds markup or control characters; write plain text without < and >" },
            { "method", "nul\0", "bad-text", "method holds markup or control characters; write plain text without < and >" },
            { "method", "\u200B\u2060", "required", "method is empty; give 1 to 100 characters" },
            { "method", "no\uFFFEcharacter", "bad-text", "method holds markup or control characters; write plain text without < and >" },
            { "method", "turned \u202Eround", "bad-text", "method holds markup or control characters; write plain text without < and >" },
            { "method", "two\u2028lines", "bad-text", "method holds markup or control characters; write plain text without < and >" },
            { "submitter", "", "required", "submitter is empty; give 1 to 100 characters" },
            { "submitter", Long, "too-long", "submitter has 10,000 characters; 100 are allowed, the rest belongs into description" },
            { "submitter", "<b>me</b>", "bad-text", "submitter holds markup or control characters; write plain text without < and >" },
            { "description", Long, "too-long", "description has 10,000 characters; 4,000 are allowed" },
            { "description", "bell\a", "bad-text", "description holds control characters; write plain text" },
            {
                "paperUrl",
                "javascript:alert(1)",
                "bad-url",
                "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
            {
                "paperUrl",
                "example.org/paper",
                "bad-url",
                "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://"
            },
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
            { "externalData", "perhaps", "bad-value", "externalData is not understood; allowed: true, false" },
            { "visibility", "secret", "bad-value", "visibility is not understood; allowed: public, private" },
            { "visibility", "1", "bad-value", "visibility is not understood; allowed: public, private" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public Task A_field_that_is_wrong_is_refused_by_name(string field, string value, string code, string message)
    {
        var fields = new Dictionary<string, string>
        {
            ["benchmark"] = "tiny",
            ["method"] = "Method",
            ["submitter"] = nameof(RefusedFormTests),
            [field] = value,
        };

        return server.AssertRefusedAsync(
            () => fields.Aggregate(new UploadForm(), (form, f) => form.Field(f.Key, f.Value)).Test1(0, 0, 0, 0, 0, 0),
            ExpectedProblem.Fields($$"""[ { "field": "{{field}}", "code": "{{code}}", "message": "{{message}}" } ]""")
        );
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_form_is_told_at_once() =>
        await server.AssertRefusedAsync(
            () => new UploadForm().Field("paperUrl", "x"),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "benchmark", "code": "required", "message": "benchmark is empty; allowed: {{string.Join(
                    ", ",
                    await SlugsAsync()
                )}}" },
                  { "field": "method", "code": "required", "message": "method is empty; give 1 to 100 characters" },
                  { "field": "submitter", "code": "required", "message": "submitter is empty; give 1 to 100 characters" },
                  { "field": "paperUrl", "code": "bad-url", "message": "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://" } ]
                """
            )
        );

    [Fact]
    public Task A_form_without_files_is_refused() =>
        server.AssertRefusedAsync(
            () => UploadForm.Tiny(nameof(RefusedFormTests)),
            ExpectedProblem.Fields(
                """
                [ { "field": "predictions", "code": "no-file",
                    "message": "there is no file; send one file part a split, named test1, test2, test3, or a zip of <split>.csv files as part predictions" } ]
                """
            )
        );

    [Fact]
    public Task A_part_that_names_no_split_is_refused() =>
        server.AssertRefusedAsync(
            () => UploadForm.Tiny(nameof(RefusedFormTests)).Test1(0, 0, 0, 0, 0, 0).File("test9", "x").File(new string('s', 100), "x"),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "test9", "code": "unknown-split", "message": "tiny has no split \"test9\"; its splits are test1, test2, test3" },
                  { "field": "{{new string('s', 60)}}...", "code": "unknown-split", "message": "tiny has no split \"{{new string(
                    's',
                    60
                )}}...\"; its splits are test1, test2, test3" } ]
                """
            )
        );

    [Fact]
    public Task A_field_split_that_names_no_split_is_refused() =>
        server.AssertRefusedAsync(
            () =>
                UploadForm
                    .Tiny(nameof(RefusedFormTests))
                    .Field("split", "Test1")
                    .File("predictions", TinyBenchmark.Predictions("test1", 0, 0, 0, 0, 0, 0)),
            ExpectedProblem.Fields(
                """[ { "field": "Test1", "code": "unknown-split", "message": "tiny has no split \"Test1\"; its splits are test1, test2, test3" } ]"""
            )
        );

    [Theory]
    [InlineData("no-such", "no-such")]
    [InlineData("TINY", "TINY")]
    [InlineData("<b>", "<b>")]
    public async Task An_unknown_benchmark_is_not_found(string slug, string shown) =>
        await server.AssertRefusedAsync(
            () => new UploadForm().Field("benchmark", slug).Field("method", "x").Field("submitter", "x").Test1(0, 0, 0, 0, 0, 0),
            ExpectedProblem.NotFound($"There is no benchmark \"{shown}\"; there are: {string.Join(", ", await SlugsAsync())}.")
        );

    [Theory]
    [InlineData("tiny", "test3")]
    [InlineData("tiny", "training")]
    [InlineData("coos-7", "test1")]
    public Task A_split_without_labels_is_a_conflict_that_says_how_to_import_them(string slug, string split) =>
        server.AssertRefusedAsync(
            () =>
                new UploadForm()
                    .Field("benchmark", slug)
                    .Field("method", "x")
                    .Field("submitter", "x")
                    .File(split, "image_id,label\na-0,0\n"),
            new ExpectedProblem(
                HttpStatusCode.Conflict,
                "Labels not imported",
                $"Nothing was stored. The server does not know the labels of {split} of {slug}, so it cannot score them. Its organiser imports them by putting "
                    + "labels/<split>.csv (columns image_id,label) into the folder of the benchmark; they are read within seconds; see docs/formats.md."
            )
        );

    private async Task<IEnumerable<string?>> SlugsAsync() =>
        (await server.Client.GetJsonAsync("/api/benchmarks")).AsArray().Select(b => (string?)b!["slug"]);
}

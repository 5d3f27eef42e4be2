using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Forms as people and programs write them: flags, names of splits and methods in several spellings.</summary>
[Collection(ServerCollection.Name)]
public sealed class FormSpellingTests(CoosFixture server)
{
    [Theory]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("FALSE", false)]
    [InlineData("0", false)]
    [InlineData("No", false)]
    public async Task Flags_are_read_in_any_spelling(string value, bool expected)
    {
        var form = UploadForm
            .Tiny($"{nameof(FormSpellingTests)} {value}", "Flags")
            .Field("externalData", value)
            .Field("ensemble", value)
            .Field("visibility", "Private")
            .Test1(0, 0, 0, 1, 1, 2);

        var sent = await server.Client.SubmitScoredAsync(form);

        Assert.Equal((expected, expected), ((bool)sent["externalData"]!, (bool)sent["protocol"]!["ensemble"]!));
    }

    [Fact]
    public async Task Names_of_splits_are_read_in_any_case()
    {
        var parts = UploadForm
            .Tiny(nameof(Names_of_splits_are_read_in_any_case), "Parts")
            .Field("visibility", "private")
            .File("TEST1", TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 2))
            .File("Test2", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2));
        var field = UploadForm
            .Tiny(nameof(Names_of_splits_are_read_in_any_case), "Field")
            .Field("visibility", "private")
            .Field("split", "Test1")
            .File("Predictions", TinyBenchmark.Predictions("test1", 0, 1, 0, 1, 1, 2));
        var zip = UploadForm
            .Tiny(nameof(Names_of_splits_are_read_in_any_case), "Zip")
            .Field("visibility", "private")
            .File("PREDICTIONS", Packed.Zip(("test1.csv", TinyBenchmark.Predictions("test1", 0, 2, 0, 1, 1, 2))), "all.zip");

        var both = await server.Client.SubmitScoredAsync(parts);
        var one = await server.Client.SubmitScoredAsync(field);
        var packed = await server.Client.SubmitScoredAsync(zip);

        Assert.Equal(2, both["evaluation"]!["splits"]!.AsArray().Count);
        Assert.Equal("test1", (string?)one["evaluation"]!["splits"]![0]!["split"]);
        Assert.Equal("test1", (string?)packed["evaluation"]!["splits"]![0]!["split"]);
    }

    [Fact]
    public async Task An_upload_names_its_split_in_any_case()
    {
        using var response = await server.Client.PostAsync(
            "/api/uploads",
            new UploadForm()
                .Field("benchmark", "tiny")
                .Field("split", "TEST1")
                .File("file", TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 2))
                .Content,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("test1", (string?)(await response.ReadJsonAsync(HttpStatusCode.Created))["split"]);
    }

    [Fact]
    public Task Two_files_for_one_split_in_different_case_are_rejected() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(FormSpellingTests)).Test1(0, 0, 0, 0, 0, 0).File("TEST1", "x"),
            ExpectedProblem.File(
                "wrong-split",
                """{ "file": "test1", "code": "wrong-split", "message": "there are two files for test1; send one" }"""
            )
        );

    [Theory]
    [InlineData("TEST1", "image_id,label\n", "test1")]
    [InlineData("tset1", "image_id,label\na-0,1\n", "tset1")]
    [InlineData("test1", "test1.csv", "test1")]
    [InlineData("predictions", "image_id,label\n", "predictions")]
    public Task A_file_sent_as_text_gets_a_hint_to_use_the_at_sign(string part, string text, string named) =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(FormSpellingTests)).Field(part, text).Test2(0, 0, 0, 0, 0, 0),
            ExpectedProblem.Fields(
                $$"""
                [ { "field": "{{named}}", "code": "unknown-field",
                    "message": "{{named}} was sent as a field and not as a file; with curl, send -F {{named}}=@FILE" } ]
                """
            )
        );

    [Fact]
    public async Task A_file_in_a_form_without_parts_gets_the_hint_too()
    {
        using var form = new FormUrlEncodedContent([new("benchmark", "tiny"), new("test1", new string('x', 100_000))]);
        using var response = await server.Client.PostAsync("/api/submissions", form, TestContext.Current.CancellationToken);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The form cannot be read",
            "Nothing was stored. A field has more than 65,536 characters. Send files as files: with curl, -F test1=@FILE."
        ).AssertAsync(response);
    }

    /// <summary>Names are shown as they are written, in pages, exports and pictures.</summary>
    [Theory]
    [InlineData("ResNet -> kNN")]
    [InlineData("p < 0.05 & x > 3")]
    [InlineData("a<b")]
    public async Task Arrows_and_signs_are_fine_in_the_name_of_a_method(string method)
    {
        var form = UploadForm.Tiny($"{nameof(FormSpellingTests)} {method.Length}", method).Test1(2, 0, 2, 0, 2, 0);

        var sent = await server.Client.SubmitScoredAsync(form);

        Assert.Equal(method, (string?)sent["method"]);
        using var page = await server.Client.GetAsync((string)sent["links"]!["page"]!, TestContext.Current.CancellationToken);
        var html = await page.ReadTextAsync();
        Assert.Contains($"<h1>{WebUtility.HtmlEncode(method)}</h1>", html, StringComparison.Ordinal);
        using var export = await server.Client.GetAsync("/api/benchmarks/tiny/leaderboard.csv", TestContext.Current.CancellationToken);
        Assert.Contains(method, await export.ReadTextAsync(), StringComparison.Ordinal);
        using var deleted = await server.Client.DeleteAsync((string)sent["links"]!["self"]!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Accents_and_spaces_are_stored_in_one_form()
    {
        var form = UploadForm
            .Tiny(nameof(Accents_and_spaces_are_stored_in_one_form), "Re\u0301seau\u00A050")
            .Field("visibility", "private")
            .Test1(0, 0, 2, 1, 1, 2);

        var sent = await server.Client.SubmitScoredAsync(form);

        Assert.Equal("R\u00E9seau 50", (string?)sent["method"]);
    }
}

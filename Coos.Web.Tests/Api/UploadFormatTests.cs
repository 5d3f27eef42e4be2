using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Equal predictions in any notation and packing have the same scores.</summary>
[Collection(ServerCollection.Name)]
public sealed class UploadFormatTests(CoosFixture server)
{
    private static readonly string Plain = TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0);

    private static readonly Dictionary<string, Func<UploadForm, UploadForm>> Forms = new()
    {
        ["gzip"] = form => form.File("test1", Packed.GZip(Plain), "test1.csv.gz"),
        ["gzip under another name"] = form => form.File("test1", Packed.GZip(Plain), "mine.csv"),
        ["zip of one"] = form => form.File("test1", Packed.Zip(("results.csv", Plain)), "test1.zip"),
        ["zip of splits"] = form => form.File("predictions", Packed.Zip(("test1.csv", Plain), ("__MACOSX/._test1.csv", "x")), "all.zip"),
        ["predictions and split"] = form => form.Field("split", "test1").File("predictions", Plain),
        ["tabs"] = form => form.File("test1", Plain.Replace(',', '\t')),
        ["semicolons"] = form => form.File("test1", Plain.Replace(',', ';')),
        ["carriage returns and byte order mark"] = form =>
            form.File("test1", "\uFEFF" + Plain.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ["another order"] = form => form.File("test1", "image_id,label\na-5,0\na-4,2\na-3,1\na-2,1\na-1,1\na-0,0\n"),
        ["quotes and other columns first"] = form =>
            form.File("test1", "\"label\",\"image_id\"\n0,\"a-0\"\n1,a-1\n\"1\",a-2\n1,a-3\n2,a-4\n0,a-5"),
        ["names of classes"] = form =>
            form.File("test1", "image_id,label\na-0,Round\na-1,square\na-2,S\na-3,s\na-4,\"long, thin\"\na-5,R\n"),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Equal_predictions_have_the_same_scores_in_any_notation_and_packing(string name)
    {
        var plain = await server.Client.SubmitScoredAsync(UploadForm.Tiny("plain " + name).File("test1", Plain));
        var other = await server.Client.SubmitScoredAsync(Forms[name](UploadForm.Tiny("other " + name)));

        Assert.True(JsonNode.DeepEquals(plain["evaluation"], other["evaluation"]), other["evaluation"]!.ToJsonString());
    }

    [Fact]
    public async Task A_zip_can_contain_several_splits()
    {
        var zip = Packed.Zip(("test2.csv", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2)), ("test1.csv", Plain));

        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny(nameof(A_zip_can_contain_several_splits)).File("predictions", zip, "all.zip")
        );

        Assert.Equal(["test1", "test2"], submission["evaluation"]!["splits"]!.AsArray().Select(s => (string?)s!["split"]));
    }

    [Fact]
    public async Task Probabilities_can_replace_labels()
    {
        const string Probabilities =
            "image_id,p0,p1,p2\na-0,0.8,0.1,0.1\na-1,0.2,0.8,0\na-2,0,1,0\na-3,0,0.5,0.5\na-4,0,0,1\na-5,0.34,0.33,0.33\n";

        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny(nameof(Probabilities_can_replace_labels)).File("test1", Probabilities)
        );

        JsonShape.AssertMatches("[[1, 1, 0], [0, 2, 0], [1, 0, 1]]", submission["evaluation"]!["splits"]![0]!["confusion"]);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Answers to uploads, checks and submissions warn of predictions that are probably not intended, and accept them.</summary>
[Collection(ServerCollection.Name)]
public sealed class WarningApiTests(CoosFixture server)
{
    /// <summary>The labels are 0, 1, 2, and the largest probabilities 1, 2, 0.</summary>
    private const string Contradicting =
        "image_id,label,p0,p1,p2\na-0,0,0,1,0\na-1,1,0,0,1\na-2,2,1,0,0\na-3,0,0,1,0\na-4,1,0,0,1\na-5,2,1,0,0\n";

    private const string Floats = "image_id,label\na-0,0.0\na-1,1.0\na-2,2.0\na-3,0.0\na-4,1.0\na-5,2.0\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Contradicting, "labels-contradict-probabilities", "on 6 of 6 lines, another class than the label has the largest value")]
    [InlineData(Floats, "float-labels", "such as 0.0, and read as whole numbers; write 0")]
    public async Task Upload_check_and_submission_have_the_same_warning(string text, string code, string message)
    {
        var upload = await PostAsync("/api/uploads", new UploadForm().Field("benchmark", TinyBenchmark.Slug).File("test1", text));
        var id = (string)upload["id"]!;

        JsonNode[] answers =
        [
            upload,
            await server.Client.GetJsonAsync($"/api/uploads/{id}"),
            await PostAsync("/api/submissions/validate", UploadForm.Tiny($"Checked {code}").File("test1", text)),
            await PostAsync("/api/submissions/validate", UploadForm.Tiny($"Checked {code}").Field("upload", id)),
            await PostAsync("/api/submissions", UploadForm.Tiny($"Warned {code}").Field("upload", id)),
            await PostAsync("/api/submissions", UploadForm.Tiny($"Warned too {code}").File("test1", text)),
        ];

        foreach (var answer in answers)
        {
            var warning = Assert.Single(answer["warnings"]!.AsArray(), w => (string?)w!["code"] != "not-ranked")!;
            Assert.Equal(("test1", code), ((string?)warning["file"], (string?)warning["code"]));
            Assert.Contains(message, (string?)warning["message"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_valid_file_has_no_warnings()
    {
        var sent = await PostAsync("/api/submissions", UploadForm.Tiny("No warning").Test1(0, 1, 2, 1, 2, 0).Test2(0, 1, 2, 1, 2, 0));

        Assert.Empty(sent["warnings"]!.AsArray());
        Assert.Null((await server.Client.GetJsonAsync((string)sent["links"]!["self"]!))["warnings"]);
    }

    [Theory]
    [InlineData("/api/submissions/validate")]
    [InlineData("/api/submissions")]
    public async Task A_submission_without_a_ranking_split_is_accepted_with_a_warning(string path)
    {
        var sent = await PostAsync(path, UploadForm.Tiny($"Incomplete {path}").Test1(0, 1, 2, 1, 2, 0));

        var warning = Assert.Single(sent["warnings"]!.AsArray())!;
        Assert.Equal(("test2", "not-ranked"), ((string?)warning["file"], (string?)warning["code"]));
        Assert.Equal("predictions are missing; without them the entry is not ranked", (string?)warning["message"]);
    }

    [Fact]
    public async Task Logits_are_scored_as_their_softmax()
    {
        const string Logits = "image_id,z0,z1,z2\na-0,2,1,0\na-1,0,3,0\na-2,0,0,700\na-3,2,1,0\na-4,-1,-1,-9\na-5,0,0,5\n";
        var rows = new double[][] { [2, 1, 0], [0, 3, 0], [0, 0, 700], [2, 1, 0], [-1, -1, -9], [0, 0, 5] }.Select(Softmax);
        var probabilities =
            "image_id,p0,p1,p2\n" + string.Concat(rows.Select((row, i) => $"a-{i},{string.Join(',', row.Select(p => $"{p:R}"))}\n"));

        var logits = await PostAsync("/api/submissions", UploadForm.Tiny("Logits").File("test1", Logits));
        var equal = await PostAsync("/api/submissions", UploadForm.Tiny("Their softmax").File("test1", probabilities));

        var (left, right) = (SplitOf(logits), SplitOf(equal));
        Assert.Equal(right["confusion"]!.ToJsonString(), left["confusion"]!.ToJsonString());
        Assert.Equal((double)right["calibration"]!["brier"]!, (double)left["calibration"]!["brier"]!, 1e-12);
    }

    [Fact]
    public async Task A_form_without_a_script_shows_the_warnings_with_a_link_to_the_submission()
    {
        var form = await SubmitForm.OpenAsync(server.Client, TinyBenchmark.Slug);
        using var answer = await form.Field("method", "Warned page")
            .Field("submitter", "Warned page")
            .File("test1", Contradicting)
            .SendAsync();
        var page = await answer.ReadTextAsync();

        Assert.Contains("on 6 of 6 lines, another class than the label has the largest value", page, StringComparison.Ordinal);
        Assert.Matches("href=\"/submissions/[0-9a-f-]+\">See the submission", page);
    }

    private static double[] Softmax(double[] row)
    {
        var powers = row.Select(z => Math.Exp(z - row.Max())).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    }

    private static JsonNode SplitOf(JsonNode submission) => Assert.Single(submission["evaluation"]!["splits"]!.AsArray())!;

    private async Task<JsonNode> PostAsync(string path, UploadForm form)
    {
        using var answer = await server.Client.PostAsync(path, form.Content, Cancellation);
        var text = await answer.ReadTextAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}

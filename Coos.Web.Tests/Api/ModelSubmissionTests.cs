using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

public sealed class ModelSubmissionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_run_and_scored_like_its_predictions()
    {
        await using var server = await ModelServer.StartAsync();

        using var response = await server.Client.SubmitAsync(Form("a model", "three-classes"));
        var received = await response.ReadJsonAsync(HttpStatusCode.Accepted);
        var scored = await server.Client.WaitAsync((string)received["links"]!["self"]!);

        Assert.Equal("running", (string?)received["status"]);
        Assert.Equal("queued", (string?)received["model"]!["run"]!["status"]);
        Assert.Equal("scored", (string?)scored["status"]);
        Assert.Equal("runHere", (string?)scored["verification"]);
        Assert.Equal("done", (string?)scored["model"]!["run"]!["status"]);
        var execution = scored["execution"]!;
        Assert.Equal(12, (int)execution["images"]!);
        Assert.Equal(9, (int)execution["parameters"]!);
        Assert.Equal(6, (int)execution["multiplyAdds"]!);
        Assert.Equal("bubblewrap", (string?)execution["sandbox"]);
        Assert.True((double)execution["imagesPerSecond"]! > 0);
        Assert.True((long)execution["peakMemoryBytes"]! > 1 << 20);
        await ShowSamePredictionsAsync(server, scored);
    }

    [Theory]
    [InlineData("two-inputs", "wrong-input", "2 inputs")]
    [InlineData("three-channels", "wrong-input", "[N, 3, N, N]; the images of this benchmark have the shape [N, 2, 8, 8]")]
    [InlineData("tiny", "wrong-output", "[N, 7]; the benchmark has 3 classes")]
    [InlineData("external-above", "external-data", "in another file")]
    [InlineData("custom-operator", "unsupported-operator", "custom operators are off")]
    public async Task A_wrong_model_is_refused_before_anything_is_stored(string name, string code, string text)
    {
        await using var server = await ModelServer.StartAsync("--Coos:Models:Seconds=60");

        using var response = await server.Client.SubmitAsync(Form("a wrong model", name));

        await ExpectProblemAsync(response, code, text);
        Assert.Empty(await server.QueryAsync(d => d.Models));
        Assert.Empty(await server.QueryAsync(d => d.Submissions.Where(s => s.Submitter == "a wrong model")));
    }

    [Fact]
    public async Task A_PyTorch_file_is_recognised()
    {
        await using var server = await ModelServer.StartAsync();
        byte[] file = [.. "PK\u0003\u0004"u8, .. Encoding.ASCII.GetBytes("............archive/data.pkl......................")];

        using var response = await server.Client.SubmitAsync(Form("PyTorch").File("model", file, "net.pt"));

        await ExpectProblemAsync(response, "invalid-model", "PyTorch");
    }

    [Fact]
    public async Task The_same_model_twice_is_a_duplicate()
    {
        await using var server = await ModelServer.StartAsync();
        using var first = await server.Client.SubmitAsync(Form("twice", "three-classes"));
        using var second = await server.Client.SubmitAsync(Form("twice", "three-classes"));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("the same model", await second.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Single(await server.QueryAsync(d => d.Models));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_confirms_the_files_of_an_entry_or_does_not(bool isSame)
    {
        await using var server = await ModelServer.StartAsync();
        var classes = await PredictAsync(server);
        var sent = isSame ? classes : [.. classes.Select(c => (c + 1) % 3)];

        using var response = await server.Client.SubmitAsync(Form("both", "three-classes").Test1(sent));
        var submission = await response.ReadJsonAsync(HttpStatusCode.Created);
        var run = await WaitForRunAsync(server, (string)submission["links"]!["self"]!);

        Assert.Equal(isSame ? 0 : 6, (int)run["model"]!["agreement"]![0]!["different"]!);
        Assert.Equal(isSame ? "runHere" : "none", (string?)run["verification"]);
        Assert.Equal(submission["evaluation"]!.ToJsonString(), run["evaluation"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_images_a_model_is_refused()
    {
        ModelServer.SkipWithoutSandbox();
        await using var server = new TestServer();
        await server.StartAsync("web,evaluator,runner");

        using var response = await server.Client.SubmitAsync(Form("no images", "three-classes"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("needs the images of Tiny", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_run_models_says_so()
    {
        await using var server = new TestServer();
        TinyImages.WriteTo(server);
        await server.StartAsync("web,evaluator", settings: "--Coos:Models:Enabled=false");

        using var response = await server.Client.SubmitAsync(Form("off", "three-classes"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Coos:Models:Enabled is false", await response.ReadTextAsync(), StringComparison.Ordinal);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny/submit", Cancellation);
        Assert.Contains("Coos:Models:Enabled is false", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_a_model_show_what_it_costs()
    {
        await using var server = await ModelServer.StartAsync();
        using var response = await server.Client.SubmitAsync(Form("pages", "three-classes"));
        var scored = await server.Client.WaitAsync((string)(await response.ReadJsonAsync(HttpStatusCode.Accepted))["links"]!["self"]!);

        var entry = await server.Client.GetStringAsync((string)scored["links"]!["page"]!, Cancellation);
        var cost = await server.Client.GetStringAsync("/benchmarks/tiny/cost", Cancellation);
        var submit = await server.Client.GetStringAsync("/benchmarks/tiny/submit", Cancellation);

        Assert.Contains("run here", entry, StringComparison.Ordinal);
        Assert.Contains("images per second", entry, StringComparison.Ordinal);
        Assert.Contains("class=\"dot best\"", cost, StringComparison.Ordinal);
        Assert.Contains("Pareto front", cost, StringComparison.Ordinal);
        Assert.Contains("name=\"model\"", submit, StringComparison.Ordinal);
    }

    private static UploadForm Form(string submitter, string? model = null)
    {
        var form = UploadForm.Tiny(submitter);
        return model is null ? form : form.File("model", ModelServer.Model(model), $"{model}.onnx");
    }

    private static async Task ExpectProblemAsync(HttpResponseMessage response, string code, string text)
    {
        var problem = await response.ReadTextAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, problem);
        var error = JsonNode.Parse(problem)!["errors"]![0]!;
        Assert.Equal("model", (string?)error["field"]);
        Assert.Equal(code, (string?)error["code"]);
        Assert.Contains(text, (string?)error["message"], StringComparison.Ordinal);
    }

    /// <summary>What the run predicts, sent as a file by another submitter, has the same scores.</summary>
    private static async Task ShowSamePredictionsAsync(TestServer server, JsonNode scored)
    {
        var classes = await server.QueryAsync(d =>
            d.PredictionFiles.Where(f => f.SubmissionId == (Guid)scored["id"]! && f.Split == "test1").Select(f => f.Classes)
        );
        var sent = await server.Client.SubmitScoredAsync(UploadForm.Tiny("as a file").Test1([.. classes.Single().Select(c => (int)c)]));

        Assert.Equal(
            (double)sent["evaluation"]!["splits"]![0]!["balancedError"]!,
            (double)scored["evaluation"]!["splits"]![0]!["balancedError"]!
        );
        Assert.Equal(
            sent["evaluation"]!["splits"]![0]!["confusion"]!.ToJsonString(),
            scored["evaluation"]!["splits"]![0]!["confusion"]!.ToJsonString()
        );
    }

    private static async Task<int[]> PredictAsync(TestServer server)
    {
        using var response = await server.Client.SubmitAsync(Form("alone", "three-classes"));
        var submission = await response.ReadJsonAsync(HttpStatusCode.Accepted);
        await server.Client.WaitAsync((string)submission["links"]!["self"]!);
        var classes = await server.QueryAsync(d =>
            d.PredictionFiles.Where(f => f.SubmissionId == (Guid)submission["id"]! && f.Split == "test1").Select(f => f.Classes)
        );
        return [.. classes.Single().Select(c => (int)c)];
    }

    private static async Task<JsonNode> WaitForRunAsync(TestServer server, string path)
    {
        while (true)
        {
            var submission = await server.Client.GetJsonAsync(path);
            if ((string?)submission["model"]!["run"]!["status"] is "done" or "failed")
            {
                return submission;
            }

            await Task.Delay(100, Cancellation);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Coos.Models.Dials;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

public sealed class ModelDialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_run_under_each_strength_of_each_dial()
    {
        await using var server = await ModelServer.StartAsync();
        var form = UploadForm.Tiny("dials").File("model", ModelServer.Model("three-classes"), "m.onnx");
        using var response = await server.Client.SubmitAsync(form);
        var self = (string)(await response.ReadJsonAsync(HttpStatusCode.Accepted))["links"]!["self"]!;
        await server.Client.WaitAsync(self);

        var dials = await WaitForDialsAsync(server, $"{self}/dials");
        var rows = await server.QueryAsync(d => d.DialPredictions);

        Assert.Equal(ShiftDials.All.Select(d => d.Name), dials["dials"]!.AsArray().Select(d => (string)d!["name"]!));
        Assert.Equal(ShiftDials.List(8, 8).Count, rows.Count);
        var unchanged = rows.Single(r => r.Level == 0).Classes;
        var files = await server.QueryAsync(d =>
            d.PredictionFiles.Where(f => f.Split == "test1" && f.SubmissionId == rows[0].SubmissionId)
        );
        Assert.Equal(files.Single().Classes, unchanged);

        // The mean of a channel does not change when the image is turned.
        Assert.All(rows.Where(r => r.Dial == "rotation"), r => Assert.Equal(unchanged, r.Classes));
    }

    private static async Task<JsonNode> WaitForDialsAsync(TestServer server, string path)
    {
        while (true)
        {
            using var response = await server.Client.GetAsync(path, Cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var document = await response.ReadJsonAsync();
                if (document["dials"]!.AsArray().Count == ShiftDials.All.Count)
                {
                    return document;
                }
            }

            await Task.Delay(200, Cancellation);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class SubmissionApiTests(CoosFixture server)
{
    [Fact]
    public async Task Submitting_returns_the_complete_document()
    {
        var form = UploadForm
            .Tiny(nameof(Submitting_returns_the_complete_document), "Hand-scored")
            .Field("description", "Scored by hand.")
            .Field("paperUrl", "https://example.org/paper?a=1&b=2")
            .Field("codeUrl", "http://example.org/code")
            .Field("externalData", "true")
            .Field("run", "seed 7")
            .Field("pretraining", "ImageNet-1k")
            .Field("trainingImages", "12")
            .Field("ensemble", "yes")
            .Field("family", "ResNet")
            .Field("testTimeAdaptation", "false")
            .Field("tunedOn", "training")
            .Field("parameters", "11000000")
            .Test2(0, 0, 1, 1, 1, 1)
            .Test1(0, 1, 1, 1, 2, 0);

        using var response = await server.Client.SubmitAsync(form);
        var body = await response.ReadJsonAsync(HttpStatusCode.Created);

        var id = (string)body["id"]!;
        Assert.Equal($"/api/submissions/{id}", response.Headers.Location?.OriginalString);
        JsonShape.AssertMatches(HandScoredSubmission.Document(id), body);
    }

    [Fact]
    public async Task Reading_a_submission_returns_the_document_of_submitting()
    {
        var form = UploadForm
            .Tiny(nameof(Reading_a_submission_returns_the_document_of_submitting))
            .Field("visibility", "private")
            .Test1(2, 1, 0, 1, 2, 0);

        var posted = await server.Client.SubmitScoredAsync(form);
        var read = await server.Client.GetJsonAsync((string)posted["links"]!["self"]!);

        Assert.Equal("private", (string?)read["visibility"]);
        Assert.True(JsonNode.DeepEquals(posted, read), read.ToJsonString());
    }

    [Fact]
    public async Task A_reported_result_has_the_form_of_a_submission_and_only_reported_values()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?q=DeepLoc, End");
        var row = Assert.Single(board["rows"]!.AsArray())!;

        var read = await server.Client.GetJsonAsync((string)row["links"]!["self"]!);

        JsonShape.AssertMatches(
            $$"""
            {
              "id": "{{row["id"]}}", "benchmark": "coos-7", "method": "DeepLoc, End-to-End", "submitter": "Lu et al. 2019, Table 3",
              "kind": "reported", "status": "scored", "visibility": "public",
              "links": { "self": "/api/submissions/{{row["id"]}}", "page": "/submissions/{{row["id"]}}" },
              "evaluation": { "splits": [
                { "split": "training", "images": 41456, "balancedError": 0.012, "classes": [],
                  "metrics": [ { "id": "balancedError", "value": 0.012 } ] },
                { "split": "test1", "images": 10364, "balancedError": 0.012, "classes": [],
                  "metrics": [ { "id": "balancedError", "value": 0.012 } ] },
                { "split": "test2", "images": 17021, "balancedError": 0.015, "classes": [],
                  "metrics": [ { "id": "balancedError", "value": 0.015 } ] },
                { "split": "test3", "images": 32596, "balancedError": 0.074, "classes": [],
                  "metrics": [ { "id": "balancedError", "value": 0.074 } ] },
                { "split": "test4", "images": 30772, "balancedError": 0.054, "classes": [],
                  "metrics": [ { "id": "balancedError", "value": 0.054 } ] } ] }
            }
            """,
            read
        );
    }

    [Fact]
    public async Task Validating_returns_a_summary_and_stores_nothing()
    {
        var before = await StoredRows.CountAsync(server.Services);
        var form = UploadForm
            .Tiny(nameof(Validating_returns_a_summary_and_stores_nothing), "Draft")
            .Test1(0, 0, 0, 0, 0, 0)
            .File("test2", "image_id,p0,p1,p2\nb-0,1,0,0\nb-1,1,0,0\nb-2,1,0,0\nb-3,1,0,0\nb-4,1,0,0\nb-5,1,0,0\n");

        using var response = await server.Client.ValidateAsync(form);

        JsonShape.AssertMatches(
            """
            { "benchmark": "tiny", "method": "Draft", "splits": [
              { "split": "test1", "images": 6, "probabilities": false, "predictionsHash": "{hash}" },
              { "split": "test2", "images": 6, "probabilities": true, "predictionsHash": "{hash}" } ], "warnings": [
              { "file": "test1", "code": "one-class", "message": "every image is predicted as Round" },
              { "file": "test2", "code": "one-class", "message": "every image is predicted as Round" } ] }
            """,
            await response.ReadJsonAsync()
        );
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task An_unknown_submission_is_not_found()
    {
        using var response = await server.Client.GetAsync(
            "/api/submissions/00000000-0000-0000-0000-000000000000",
            TestContext.Current.CancellationToken
        );

        await ExpectedProblem.NotFound("There is no submission 00000000-0000-0000-0000-000000000000.").AssertAsync(response);
    }
}

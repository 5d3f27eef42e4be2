using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Compares scores of uploaded real prediction files with scikit-learn.</summary>
[Collection(ServerCollection.Name)]
public sealed class YeastScoresTests(CoosFixture server)
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("knn")]
    [InlineData("l1lr")]
    [InlineData("rf")]
    public async Task Scores_of_real_files_equal_scikit_learn(string model)
    {
        var folder = SharedFolder.RequireYeast();
        var cancellation = TestContext.Current.CancellationToken;
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected-scikit-learn.json"), cancellation))![
            model
        ]!.AsObject();
        var form = new UploadForm().Field("benchmark", "yeast5").Field("method", model).Field("submitter", nameof(YeastScoresTests));
        foreach (var (split, _) in expected)
        {
            form.File(split, await File.ReadAllBytesAsync(Path.Combine(folder, "predictions", model, split + ".csv"), cancellation));
        }

        var submission = await server.Client.SubmitScoredAsync(form);

        var scores = submission["evaluation"]!["splits"]!.AsArray();
        Assert.Equal(["test1", "test2", "test3"], scores.Select(s => (string?)s!["split"]));
        Assert.All(scores, score => AssertSame(expected[(string)score!["split"]!]!, score));
    }

    private static void AssertSame(JsonNode expected, JsonNode actual)
    {
        Assert.Equal((int)expected["images"]!, (int)actual["images"]!);
        Assert.Equal((double)expected["balancedError"]!, (double)actual["balancedError"]!, Tolerance);
        Assert.Equal((double)expected["accuracy"]!, (double)actual["accuracy"]!, Tolerance);
        Assert.True(JsonNode.DeepEquals(expected["confusion"], actual["confusion"]), actual["confusion"]!.ToJsonString());
        var sensitivities = actual["classes"]!.AsArray().Select(c => (double?)c!["sensitivity"]).ToList();
        Assert.Equal(expected["sensitivity"]!.AsArray().Count, sensitivities.Count);
        Assert.All(
            expected["sensitivity"]!.AsArray().Zip(sensitivities),
            pair => Assert.Equal((double)pair.First!, pair.Second!.Value, Tolerance)
        );
    }
}

using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class ConfusionApiTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_confusion_matrix_is_counts_and_shares_of_each_true_class()
    {
        var matrix = await server.Client.GetJsonAsync(await SubmitAsync(nameof(A_confusion_matrix_is_counts_and_shares_of_each_true_class)) + "/confusion/test2");

        JsonShape.AssertMatches(
            """
            { "split": "test2", "classes": ["R", "S", "L, t"],
              "counts": [[2, 1, 0], [0, 2, 0], [0, 1, 0]],
              "rates": [[0.66666666666666667, 0.33333333333333333, 0], [0, 1, 0], [0, 1, 0]] }
            """,
            matrix);
    }

    [Fact]
    public async Task A_confusion_matrix_is_a_table_that_quotes_names_with_a_comma()
    {
        var path = await SubmitAsync(nameof(A_confusion_matrix_is_a_table_that_quotes_names_with_a_comma)) + "/confusion/test2.csv";

        using var answer = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("true/predicted,R,S,\"L, t\"\nR,2,1,0\nS,0,2,0\n\"L, t\",0,1,0\n", await answer.ReadTextAsync());
    }

    [Theory]
    [InlineData("test1", "test1")]
    [InlineData("no-such", "no-such")]
    [InlineData("test1.csv", "test1")]
    public async Task A_split_that_was_not_predicted_has_no_confusion_matrix(string address, string split)
    {
        var path = await SubmitAsync(nameof(A_split_that_was_not_predicted_has_no_confusion_matrix) + address);

        using var answer = await server.Client.GetAsync($"{path}/confusion/{address}", Cancellation);

        await ExpectedProblem.NotFound($"The submission has no predictions of \"{split}\"; it has: test2.").AssertAsync(answer);
    }

    [Fact]
    public async Task A_reported_result_has_no_confusion_matrix()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=1");

        using var answer = await server.Client.GetAsync($"/api/submissions/{board["rows"]![0]!["id"]}/confusion/test3", Cancellation);

        await ExpectedProblem.NotFound("A reported result has no confusion matrix: its publication gives balanced errors and not the predictions.").AssertAsync(answer);
    }

    [Fact]
    public async Task A_submission_that_is_not_there_has_no_confusion_matrix()
    {
        using var answer = await server.Client.GetAsync("/api/submissions/00000000-0000-0000-0000-000000000001/confusion/test1.csv", Cancellation);

        await ExpectedProblem.NotFound("There is no submission 00000000-0000-0000-0000-000000000001.").AssertAsync(answer);
    }

    private async Task<string> SubmitAsync(string submitter)
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(submitter).Test2(0, 0, 1, 1, 1, 1));
        return (string)submission["links"]!["self"]!;
    }
}

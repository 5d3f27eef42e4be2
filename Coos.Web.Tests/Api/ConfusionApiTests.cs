using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class ConfusionApiTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_confusion_matrix_has_counts_and_shares_per_true_class()
    {
        var matrix = await server.Client.GetJsonAsync(
            await SubmitAsync(nameof(A_confusion_matrix_has_counts_and_shares_per_true_class)) + "/confusion/test2"
        );

        JsonShape.AssertMatches(
            """
            { "split": "test2", "classes": ["R", "S", "L, t"],
              "counts": [[2, 1, 0], [0, 2, 0], [0, 1, 0]],
              "rates": [[0.66666666666666667, 0.33333333333333333, 0], [0, 1, 0], [0, 1, 0]],
              "rateIntervals": [
                [[0.20765960080204773, 0.9385080552796036], [0.0614919447203964, 0.79234039919795227], [0, 0.5614970317550455]],
                [[0, 0.65761977249334697], [0.34238022750665303, 1], [0, 0.65761977249334697]],
                [[0, 0.7934506856227626], [0.2065493143772374, 1], [0, 0.7934506856227626]] ],
              "rateMethod": "Wilson, per image; too narrow if images from the same plate are correlated",
              "mistakes": [
                { "actual": "L, t", "predicted": "S", "images": 1, "of": 1,
                  "text": "Long, thin predicted as Square in 1 of 1 images (100.0%)" },
                { "actual": "R", "predicted": "S", "images": 1, "of": 3, "text": "Round predicted as Square in 1 of 3 images (33.3%)" } ],
              "byLoss": ["L, t", "R", "S"] }
            """,
            matrix
        );
    }

    [Fact]
    public async Task A_confusion_matrix_as_CSV_quotes_names_with_a_comma()
    {
        var path = await SubmitAsync(nameof(A_confusion_matrix_as_CSV_quotes_names_with_a_comma)) + "/confusion/test2.csv";

        using var response = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("true/predicted,R,S,\"L, t\"\nR,2,1,0\nS,0,2,0\n\"L, t\",0,1,0\n", await response.ReadTextAsync());
    }

    [Fact]
    public async Task Class_names_in_the_CSV_are_not_formulas()
    {
        await using var own = new TestServer();
        var manifest = Path.Combine(own.Tiny, "benchmark.json");
        var text = await File.ReadAllTextAsync(manifest, Cancellation);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("\"short\": \"S\"", "\"short\": \"=S\"", StringComparison.Ordinal),
            Cancellation
        );
        await own.StartAsync();
        var submission = await own.Client.SubmitScoredAsync(UploadForm.Tiny("Formula").Test2(0, 0, 0, 1, 1, 2));

        var csv = await own.Client.GetStringAsync($"{submission["links"]!["self"]}/confusion/test2.csv", Cancellation);

        Assert.Equal("true/predicted,R,'=S,\"L, t\"\nR,3,0,0\n'=S,0,2,0\n\"L, t\",0,0,1\n", csv);
    }

    [Theory]
    [InlineData("test1", "test1")]
    [InlineData("no-such", "no-such")]
    [InlineData("test1.csv", "test1")]
    public async Task A_split_without_predictions_has_no_confusion_matrix(string address, string split)
    {
        var path = await SubmitAsync(nameof(A_split_without_predictions_has_no_confusion_matrix) + address);

        using var response = await server.Client.GetAsync($"{path}/confusion/{address}", Cancellation);

        await ExpectedProblem.NotFound($"The submission has no predictions for \"{split}\"; it has: test2.").AssertAsync(response);
    }

    [Fact]
    public async Task A_reported_result_has_no_confusion_matrix()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=1");

        using var response = await server.Client.GetAsync($"/api/submissions/{board["rows"]![0]!["id"]}/confusion/test3", Cancellation);

        await ExpectedProblem
            .NotFound("A reported result has no confusion matrix: its publication gives balanced errors but no predictions.")
            .AssertAsync(response);
    }

    [Fact]
    public async Task An_unknown_submission_has_no_confusion_matrix()
    {
        using var response = await server.Client.GetAsync(
            "/api/submissions/00000000-0000-0000-0000-000000000001/confusion/test1.csv",
            Cancellation
        );

        await ExpectedProblem.NotFound("There is no submission 00000000-0000-0000-0000-000000000001.").AssertAsync(response);
    }

    /// <summary>
    /// In test1, A has 1 of 2 images of "L, t" correct and 1 predicted as R; in test2, 0 of 1 correct and 1 predicted as S. All
    /// other images are correct. Newcombe's limits of 0/1 minus 1/2: -1/2 - sqrt(0 + (0.90547 - 1/2)²) and
    /// -1/2 + sqrt(0.79345² + (1/2 - 0.09453)²).
    /// </summary>
    [Fact]
    public async Task The_effect_of_the_shift_is_a_matrix_of_differences_with_intervals()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(The_effect_of_the_shift_is_a_matrix_of_differences_with_intervals));

        var shift = (await server.Client.GetJsonAsync($"/api/submissions/{a}/confusion/test2?from=test1"))["difference"]!;

        Assert.Equal(("test1", null), ((string?)shift["from"], (string?)shift["against"]));
        Assert.Equal([-0.5, 1, -0.5], shift["rates"]![2]!.AsArray().Select(n => (double)n!));
        Assert.Equal(-0.5 - 0.4054687942657693, (double)shift["rateIntervals"]![2]![2]![0]!, 1e-9);
        Assert.Equal(
            -0.5 + Math.Sqrt(Math.Pow(0.7934506856227626, 2) + Math.Pow(0.4054687942657693, 2)),
            (double)shift["rateIntervals"]![2]![2]![1]!,
            1e-9
        );
        Assert.Equal(
            "Wilson and Newcombe, per image; too narrow if images from the same plate are correlated",
            (string?)shift["rateMethod"]
        );
        JsonShape.AssertMatches(
            """[ { "actual": "L, t", "predicted": "S", "images": 1, "of": 1, "more": 1, "text": "Long, thin predicted as """
                + """Square in 100.0% of the images instead of 0.0% (+100.0 points)" } ]""",
            shift["mistakes"]!
        );
        Assert.Equal(["L, t", "R", "S"], shift["byLoss"]!.AsArray().Select(c => (string?)c));
    }

    /// <summary>Of the two images of R in test1, A predicts both as R and B one as S, so A - B is +1/2 and -1/2.</summary>
    [Fact]
    public async Task Another_entry_is_compared_on_the_same_images()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(Another_entry_is_compared_on_the_same_images));
        var half = 1.959963984540054 * Math.Sqrt(1.75 / 16);

        var there = (await server.Client.GetJsonAsync($"/api/submissions/{a}/confusion/test1?against={b}"))["difference"]!;
        var back = (await server.Client.GetJsonAsync($"/api/submissions/{b}/confusion/test1?against={a}"))["difference"]!;

        Assert.Equal(b, (Guid)there["against"]!);
        Assert.Equal([0.5, -0.5, 0], there["rates"]![0]!.AsArray().Select(n => (double)n!));
        Assert.Equal([-0.5, 0.5, 0], back["rates"]![0]!.AsArray().Select(n => (double)n!));
        Assert.Equal(0.5 - half, (double)there["rateIntervals"]![0]![0]![0]!, 1e-9);
        Assert.Empty(there["mistakes"]!.AsArray());
        Assert.Equal(
            "Round predicted as Square in 50.0% of the images instead of 0.0% (+50.0 points)",
            (string?)back["mistakes"]![0]!["text"]
        );
        Assert.Equal(["R", "S", "L, t"], back["byLoss"]!.AsArray().Select(c => (string?)c));
    }

    [Fact]
    public async Task Entries_that_cannot_be_compared_are_rejected_by_name()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(Entries_that_cannot_be_compared_are_rejected_by_name));
        var (reported, _) = await EntryPair.ReportedAsync(server.Client);
        var path = $"/api/submissions/{a}/confusion/test1";

        await AssertAsync("?from=test3", ExpectedProblem.NotFound("This entry has no predictions of \"test3\"; it has: test1, test2."));
        await AssertAsync($"?against={Guid.Empty}", ExpectedProblem.NotFound($"There is no submission {Guid.Empty}."));
        await AssertAsync(
            $"?against={reported}",
            new ExpectedProblem(
                HttpStatusCode.BadRequest,
                "Different benchmarks",
                "a is an entry of Tiny (tiny), b of COOS-7 (coos-7). "
                    + "They predict different images, so they cannot be "
                    + "compared. Choose two entries of the same benchmark."
            )
        );
        await AssertAsync(
            $"?from=test2&against={b}",
            new ExpectedProblem(HttpStatusCode.BadRequest, "Invalid query", "Correct the parameters listed below.")
            {
                Errors = """
                [ { "field": "from", "code": "too-many",
                    "message":
                      "from and against are both given; a matrix is compared with a split or with an entry, so omit one of them" } ]
                """,
            }
        );

        async Task AssertAsync(string query, ExpectedProblem expected)
        {
            using var response = await server.Client.GetAsync(path + query, Cancellation);
            await expected.AssertAsync(response);
        }
    }

    private async Task<string> SubmitAsync(string submitter)
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(submitter).Test2(0, 0, 1, 1, 1, 1));
        return (string)submission["links"]!["self"]!;
    }
}

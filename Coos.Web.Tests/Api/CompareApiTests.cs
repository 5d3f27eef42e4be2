using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class CompareApiTests(CoosFixture server)
{
    private const string UnknownId = "00000000-0000-0000-0000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// A is correct on 5 of 6 images, B on 3 of these and no other. d = (0 + 1/2 + 1/2 + 0) / 3 = 1/3. Two flips of equal weight
    /// agree in half of all patterns, and none is further from 0: mid-p = 0.25. Exact McNemar of 2 against 0 is 0.5, its mid-p
    /// 0.25. The variances (b + c + 1 - (b - c)²/4)/16 of the classes are 1.75/16, 1.75/16 and 1/16; their mean over 3² gives
    /// the interval.
    /// </summary>
    [Fact]
    public async Task Two_submissions_are_compared_per_image()
    {
        const string PerImage =
            "per image (normal distribution and sign flips); intervals are too narrow and p too small if images from the same plate are "
            + "correlated";
        const string Submitter = nameof(Two_submissions_are_compared_per_image);
        var (a, b) = await EntryPair.SubmitAsync(server.Client, Submitter);
        var half = 1.959963984540054 * Math.Sqrt((1.75 + 1.75 + 1) / 16 / 9);
        var lower = (-1 / 3.0) - half;
        var upper = (-1 / 3.0) + half;
        var one = 1.959963984540054 * Math.Sqrt(1.75 / 16);
        var none = 1.959963984540054 * Math.Sqrt(1 / 16.0);

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a}&b={b}");

        FormattableString expected = $$"""
            {
              "benchmark": "tiny",
              "a": { "id": "{{a}}", "method": "Careful", "submitter": "{{Submitter}}", "kind": "submission",
                     "links": { "self": "/api/submissions/{{a}}", "page": "/submissions/{{a}}" } },
              "b": { "id": "{{b}}", "method": "Quick", "submitter": "{{Submitter}}", "kind": "submission",
                     "links": { "self": "/api/submissions/{{b}}", "page": "/submissions/{{b}}" } },
              "verdict": "No difference shown on Test1.",
              "splits": [
                {
                  "split": "test1", "images": 6, "balancedErrorA": 0.16666666666666667, "balancedErrorB": 0.5,
                  "difference": -0.33333333333333333,
                  "paired": {
                    "differenceInterval": [{{lower:R}}, {{upper:R}}], "p": 0.25, "adjustedP": 0.25,
                    "method": "{{PerImage}}", "signFlipP": 0.25,
                    "accuracyDifference": 0.33333333333333333, "mcNemarP": 0.5, "mcNemarMidP": 0.25, "labelsHash": "{hash}",
                    "classMethod": "Agresti and Min for paired proportions, per image",
                    "images": { "bothRight": 3, "onlyA": 2, "onlyB": 0, "bothWrong": 1 },
                    "classes": [
                      { "index": 0, "name": "Round", "images": { "bothRight": 1, "onlyA": 1, "onlyB": 0, "bothWrong": 0 },
                        "sensitivityA": 1, "sensitivityB": 0.5, "difference": 0.5, "differenceInterval": [{{0.5 - one:R}}, 1] },
                      { "index": 1, "name": "Square", "images": { "bothRight": 1, "onlyA": 1, "onlyB": 0, "bothWrong": 0 },
                        "sensitivityA": 1, "sensitivityB": 0.5, "difference": 0.5, "differenceInterval": [{{0.5 - one:R}}, 1] },
                      { "index": 2, "name": "Long, thin", "images": { "bothRight": 1, "onlyA": 0, "onlyB": 0, "bothWrong": 1 },
                        "sensitivityA": 0.5, "sensitivityB": 0.5, "difference": 0, "differenceInterval": [{{-none:R}}, {{none:R}}] } ],
                    "confusionDifference": [[1, -1, 0], [0, 1, -1], [0, 0, 0]]
                  }
                },
                { "split": "test2", "images": 6, "balancedErrorA": 0.33333333333333333, "note": "only A has this split" } ]
            }
            """;
        JsonShape.AssertMatches(FormattableString.Invariant(expected), comparison);
    }

    [Fact]
    public async Task Swapping_the_submissions_changes_the_sign_of_each_difference()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(Swapping_the_submissions_changes_the_sign_of_each_difference));

        var there = (await server.Client.GetJsonAsync($"/api/compare?a={a}&b={b}"))["splits"]![0]!;
        var back = (await server.Client.GetJsonAsync($"/api/compare?a={b}&b={a}"))["splits"]![0]!;

        Assert.Equal((double)there["difference"]!, -(double)back["difference"]!, 1e-15);
        Assert.Equal((double)there["paired"]!["differenceInterval"]![0]!, -(double)back["paired"]!["differenceInterval"]![1]!, 1e-15);
        Assert.Equal((int)there["paired"]!["images"]!["onlyA"]!, (int)back["paired"]!["images"]!["onlyB"]!);
        Assert.Equal((double)there["paired"]!["p"]!, (double)back["paired"]!["p"]!);
    }

    [Fact]
    public async Task Equal_predictions_of_two_submitters_do_not_differ()
    {
        var a = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Compare twin 1").Test1(0, 1, 0, 1, 2, 2));
        var b = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Compare twin 2").Test1(0, 1, 0, 1, 2, 2));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");

        var split = comparison["splits"]![0]!;
        Assert.Equal(
            (0.0, 1.0, 1.0),
            ((double)split["difference"]!, (double)split["paired"]!["p"]!, (double)split["paired"]!["mcNemarP"]!)
        );
        Assert.Equal("A and B make the same predictions on Test1.", (string?)comparison["verdict"]);
        Assert.True((bool)split["paired"]!["identical"]!);
    }

    [Fact]
    public async Task Reported_results_are_compared_without_a_test()
    {
        var (a, b) = await EntryPair.ReportedAsync(server.Client);

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a}&b={b}");

        Assert.Equal(
            "Only the errors can be compared. Testing the difference needs the predictions of both entries.",
            (string?)comparison["verdict"]
        );
        Assert.NotEmpty(comparison["splits"]!.AsArray());
        Assert.All(
            comparison["splits"]!.AsArray(),
            split =>
            {
                Assert.Equal((double)split!["balancedErrorA"]! - (double)split["balancedErrorB"]!, (double)split["difference"]!, 1e-15);
                Assert.Null(split["paired"]);
                Assert.Equal("no test: A and B are reported results, whose predictions are not published", (string?)split["note"]);
            }
        );
    }

    [Fact]
    public async Task Submissions_without_a_common_split_cannot_be_compared()
    {
        var a = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Compare apart").Test1(0, 0, 1, 2, 2, 2));
        var b = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Compare apart").Test2(0, 0, 1, 2, 2, 2));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");

        Assert.Equal("A and B have no test set in common, so they cannot be compared.", (string?)comparison["verdict"]);
        Assert.Equal(["only A has this split", "only B has this split"], comparison["splits"]!.AsArray().Select(s => (string?)s!["note"]));
    }

    [Fact]
    public async Task Entries_of_two_benchmarks_are_rejected_with_both_names()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(Entries_of_two_benchmarks_are_rejected_with_both_names));
        var (b, _) = await EntryPair.ReportedAsync(server.Client);

        using var response = await server.Client.GetAsync($"/api/compare?a={a}&b={b}", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "Different benchmarks",
            "a is an entry of Tiny (tiny), b of COOS-7 (coos-7). "
                + "They predict different images, so they cannot be "
                + "compared. Choose two entries of the same benchmark."
        ).AssertAsync(response);
    }

    [Fact]
    public async Task The_same_entry_twice_is_rejected()
    {
        var (a, _) = await EntryPair.ReportedAsync(server.Client);

        using var response = await server.Client.GetAsync($"/api/compare?a={a}&b={a}", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The same entry twice",
            "a and b are the same entry; choose two different entries."
        ).AssertAsync(response);
    }

    [Theory]
    [InlineData(
        "",
        """[ { "field": "a", "code": "required", "message": "a is empty; give the id of a submission or reported result" """
            + """}, { "field": "b", "code": "required", "message": "b is empty; give the id of a submission or reported result" """
            + """} ]"""
    )]
    [InlineData(
        "?a=" + UnknownId,
        """[ { "field": "b", "code": "required", "message": "b is empty; give the id of a submission or reported result" } ]"""
    )]
    [InlineData(
        "?b=" + UnknownId + "&a=1",
        """[ { "field": "a", "code": "bad-value", "message": "a is not a valid id; an id is 32 hexadecimal digits in five groups, """
            + """as in the URL of a submission's page" } ]"""
    )]
    public async Task Missing_and_invalid_ids_are_rejected_by_name(string query, string errors)
    {
        using var response = await server.Client.GetAsync("/api/compare" + query, Cancellation);

        await new ExpectedProblem(HttpStatusCode.BadRequest, "Invalid query", "Correct the parameters listed below.")
        {
            Errors = errors,
        }.AssertAsync(response);
    }

    [Fact]
    public async Task An_unknown_entry_is_not_found()
    {
        var (a, _) = await EntryPair.ReportedAsync(server.Client);

        using var response = await server.Client.GetAsync($"/api/compare?a={a}&b={UnknownId}", Cancellation);

        await ExpectedProblem.NotFound($"There is no submission {UnknownId}.").AssertAsync(response);
    }

    [Fact]
    public async Task Real_predictions_differ_significantly_if_their_errors_do()
    {
        var ids = new List<Guid>();
        foreach (var model in new[] { "rf", "knn" })
        {
            var form = new UploadForm().Field("benchmark", "yeast5").Field("method", model).Field("submitter", nameof(CompareApiTests));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFolder.RequireYeast(), "predictions", model)))
            {
                form.File(Path.GetFileNameWithoutExtension(file), await File.ReadAllBytesAsync(file, Cancellation));
            }

            ids.Add((Guid)(await server.Client.SubmitScoredAsync(form))["id"]!);
        }

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={ids[0]}&b={ids[1]}");

        AssertRanking(comparison);
        Assert.Equal(["test1", "test2", "test3"], comparison["splits"]!.AsArray().Select(s => (string?)s!["split"]));
        Assert.All(
            comparison["splits"]!.AsArray(),
            split =>
            {
                var paired = split!["paired"]!;
                Assert.Equal((int)split["images"]!, paired["images"]!.AsObject().Sum(n => (int)n.Value!));
                Assert.Equal(0, paired["confusionDifference"]!.AsArray().Sum(row => row!.AsArray().Sum(n => (int)n!)));
                Assert.Equal((double)paired["adjustedP"]! <= 0.05, paired["better"] is not null);
                Assert.InRange(
                    (double)split["difference"]!,
                    (double)paired["differenceInterval"]![0]!,
                    (double)paired["differenceInterval"]![1]!
                );
            }
        );
    }

    /// <summary>The ranking difference is the mean of its splits, and its interval is computed by MOVER from their intervals.</summary>
    private static void AssertRanking(JsonNode comparison)
    {
        var ranking = comparison["ranking"]!;
        var names = ranking["splits"]!.AsArray().Select(s => (string)s!).ToList();
        var parts = names.Select(name => comparison["splits"]!.AsArray().Single(s => (string?)s!["split"] == name)!).ToList();
        var difference = parts.Average(s => (double)s["difference"]!);
        var below =
            Math.Sqrt(parts.Sum(s => Math.Pow((double)s["difference"]! - (double)s["paired"]!["differenceInterval"]![0]!, 2)))
            / parts.Count;

        Assert.Equal(parts.Average(s => (double)s["balancedErrorA"]!), (double)ranking["errorA"]!, 1e-12);
        Assert.Equal(difference, (double)ranking["difference"]!, 1e-12);

        // The interval holds the differences that the test does not reject: sign flips may leave 0 among them.
        var lower = (double)ranking["p"]! > 0.05 ? Math.Min(0, difference - below) : difference - below;
        Assert.Equal(lower, (double)ranking["differenceInterval"]![0]!, 1e-12);
        Assert.Equal("per image (normal distribution and sign flips), over all ranking splits together", (string?)ranking["method"]);
        Assert.Equal(
            (double)ranking["p"]! <= 0.05
                ? difference < 0
                    ? "a"
                    : "b"
                : null,
            (string?)ranking["better"]
        );
        if (names.Count > 1)
        {
            Assert.Matches(
                "^(A is significantly better than B|B is significantly better than A|No difference shown) by the mean of ",
                (string?)comparison["verdict"]
            );
        }
    }
}

using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The leaderboard of the 25 reported results of the paper, which no test changes.</summary>
[Collection(ServerCollection.Name)]
public sealed class LeaderboardApiTests(CoosFixture server)
{
    private const string Board = "/api/benchmarks/coos-7/leaderboard";

    private const string Conclusion =
        "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available.";

    private const string UnknownSort =
        "sort has an unknown value; allowed: rank, method, submitter, kind, createdAt, gap, robustness, "
        + "training, test1, test2, test3, test4";

    /// <summary>Table 3 ordered by the mean of Test3 and Test4, computed independently.</summary>
    private static readonly (int Rank, string Method, double Percent)[] Table3 =
    [
        (1, "DeepLoc (FC2), kNN", 5.8),
        (2, "DeepLoc (FC2), L1 LR", 5.9),
        (2, "DeepLoc (FC2), RF", 5.9),
        (4, "DeepLoc, End-to-End", 6.4),
        (5, "PCI Conv4, L1 LR", 7.35),
        (6, "VGG16 Conv4_2, L1 LR", 7.4),
        (7, "VGG16 Conv4_1, L1 LR", 7.45),
        (8, "PCI Conv3, L1 LR", 8.3),
        (9, "PCI Conv3, kNN", 8.45),
        (10, "PCI Conv5, L1 LR", 8.55),
        (11, "VGG16 Conv4_2, kNN", 8.75),
        (12, "VGG16 Conv4_1, kNN", 8.85),
        (13, "PCI Conv4, kNN", 8.95),
        (14, "PCI Conv4, RF", 9.1),
        (14, "PCI Conv5, RF", 9.1),
        (16, "VGG16 Conv4_2, RF", 9.3),
        (17, "VGG16 Conv4_1, RF", 9.55),
        (18, "PCI Conv3, RF", 9.8),
        (19, "VGG16 Conv3_3, L1 LR", 10.3),
        (20, "PCI Conv5, kNN", 10.5),
        (21, "VGG16 Conv3_3, kNN", 11.2),
        (22, "Texture, L1 LR", 12.05),
        (23, "VGG16 Conv3_3, RF", 13.4),
        (24, "Texture, RF", 16.75),
        (25, "Texture, kNN", 21.6),
    ];

    [Fact]
    public async Task Reported_results_are_ranked_and_ties_share_a_rank()
    {
        var board = await server.Client.GetJsonAsync(Board);

        var rows = board["rows"]!.AsArray();
        Assert.Equal(Table3.Select(r => (r.Rank, r.Method)), rows.Select(r => ((int)r!["rank"]!, (string)r["method"]!)));
        Assert.All(Table3.Zip(rows), pair => Assert.Equal(pair.First.Percent / 100, (double)pair.Second!["score"]!, 1e-12));
        Assert.Equal((25, 1, 50), ((int)board["total"]!, (int)board["page"]!, (int)board["pageSize"]!));
    }

    /// <summary>The lines and residuals were computed independently from the formulas in docs/metrics.md.</summary>
    [Fact]
    public async Task A_leaderboard_page_is_the_complete_expected_document()
    {
        var board = await server.Client.GetJsonAsync(Board + "?pageSize=1&page=2&sort=rank&order=asc");

        var id = (string?)board["rows"]?[0]?["id"];
        JsonShape.AssertMatches(
            $$"""
            {
              "rows": [ {
                "rank": 2, "id": "{{id}}", "method": "DeepLoc (FC2), L1 LR", "features": "DeepLoc (FC2)", "classifier": "L1 LR",
                "family": "deeploc",
                "submitter": "Lu et al. 2019, Table 3", "kind": "reported", "score": 0.059,
                "otherRanks": { "logitMean": 1, "worstSplit": 4, "allShifted": 2 }, "gap": 0.048,
                "generalisation": {
                  "gaps": {
                    "test2": { "gap": 0.003, "effectiveRobustness": -0.000689314549415343 },
                    "test3": { "gap": 0.066 },
                    "test4": { "gap": 0.03 } },
                  "worstSplit": "test3" },
                "splits": {
                  "training": { "balancedError": 0.011 }, "test1": { "balancedError": 0.011 }, "test2": { "balancedError": 0.014 },
                  "test3": { "balancedError": 0.077 }, "test4": { "balancedError": 0.041 } },
                "links": { "self": "/api/submissions/{{id}}", "page": "/submissions/{{id}}" } } ],
              "total": 25, "page": 2, "pageSize": 1,
              "ranking": {
                "metric": "balancedError", "intervals": "none", "tested": 0, "untested": 0,
                "conclusion": "{{Conclusion}}" },
              "robustness": {
                "slope": 0.3283461693260877, "intercept": 1.1994955522629986, "rSquared": 0.572781491132747, "isReliable": false,
                "splits": {
                  "test2": { "slope": 0.894199754865093, "intercept": 0.2829630667357952,
                    "rSquared": 0.99564268735814, "isReliable": true },
                  "test3": { "slope": 0.25062558493883486, "intercept": 1.3391011663952688,
                    "rSquared": 0.49615681201972595, "isReliable": false },
                  "test4": { "slope": 0.4188236053794032, "intercept": 1.0423850206717258,
                    "rSquared": 0.581315507806071, "isReliable": false } } }
            }
            """,
            board
        );
    }

    [Theory]
    [InlineData("page=1&pageSize=500", 25)]
    [InlineData("page=2&pageSize=20", 5)]
    [InlineData("page=5&pageSize=5", 5)]
    [InlineData("page=6&pageSize=5", 0)]
    [InlineData("page=2147483647&pageSize=500", 0)]
    [InlineData("page=&pageSize=", 25)]
    public async Task A_page_past_the_end_is_empty_and_the_total_stays(string query, int rows)
    {
        var board = await server.Client.GetJsonAsync($"{Board}?{query}");

        Assert.Equal(rows, board["rows"]!.AsArray().Count);
        Assert.Equal(25, (int)board["total"]!);
    }

    [Fact]
    public async Task All_pages_together_are_the_leaderboard()
    {
        var methods = new List<string?>();
        for (var page = 1; page <= 4; page++)
        {
            var board = await server.Client.GetJsonAsync($"{Board}?pageSize=7&page={page}");
            methods.AddRange(board["rows"]!.AsArray().Select(r => (string?)r!["method"]));
        }

        Assert.Equal(Table3.Select(r => r.Method), methods);
    }

    [Theory]
    [InlineData("q=vgg16", 9)]
    [InlineData("q=%20VGG16%20", 9)]
    [InlineData("q=lu+et+al", 25)]
    [InlineData("q=no-such", 0)]
    [InlineData("q=rf&kind=reported", 8)]
    [InlineData("kind=REPORTED", 25)]
    [InlineData("kind=baseline", 0)]
    [InlineData("kind=submission", 0)]
    [InlineData("kind=", 25)]
    [InlineData("family=vgg", 9)]
    [InlineData("family=Texture&q=rf", 1)]
    [InlineData("family=VGG", 9)]
    [InlineData("family=other", 0)]
    [InlineData("family=ResNet", 0)]
    [InlineData("externalData=false", 0)]
    [InlineData("externalData=true", 0)]
    [InlineData("verification=organiser", 0)]
    [InlineData("ensemble=false", 0)]
    [InlineData("maxParameters=1000000", 0)]
    [InlineData("pretraining=&tunedOn=", 25)]
    [InlineData("verification=", 25)]
    public async Task A_filter_keeps_matching_rows_with_their_ranks(string query, int total)
    {
        var board = await server.Client.GetJsonAsync($"{Board}?{query}");

        Assert.Equal(total, (int)board["total"]!);
        var ranks = Table3.ToDictionary(r => r.Method, r => r.Rank);
        Assert.All(board["rows"]!.AsArray(), r => Assert.Equal(ranks[(string)r!["method"]!], (int)r["rank"]!));
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize", "pageSize must be a whole number from 1 to 500")]
    [InlineData("pageSize=501", "pageSize", "pageSize must be a whole number from 1 to 500")]
    [InlineData("pageSize=abc", "pageSize", "pageSize must be a whole number from 1 to 500")]
    [InlineData("page=0", "page", "page must be a whole number from 1 to 2147483647")]
    [InlineData("page=-1", "page", "page must be a whole number from 1 to 2147483647")]
    [InlineData("page=99999999999", "page", "page must be a whole number from 1 to 2147483647")]
    [InlineData(
        "sort=test9",
        "sort",
        "sort has an unknown value; allowed: rank, method, submitter, kind, createdAt, gap, robustness, "
            + "training, test1, test2, test3, test4"
    )]
    [InlineData("order=up", "order", "order has an unknown value; allowed: asc, desc")]
    [InlineData("externalData=yes", "externalData", "externalData has an unknown value; allowed: true, false")]
    [InlineData("verification=yes", "verification", "verification has an unknown value; allowed: none, signedIn, organiser")]
    [InlineData("kind=2", "kind", "kind has an unknown value; allowed: submission, baseline, reported")]
    public async Task An_invalid_parameter_is_rejected_by_name(string query, string field, string message)
    {
        using var response = await server.Client.GetAsync($"{Board}?{query}", TestContext.Current.CancellationToken);

        await BadQuery($$"""[ { "field": "{{field}}", "code": "bad-value", "message": "{{message}}" } ]""").AssertAsync(response);
    }

    [Fact]
    public async Task All_invalid_parameters_are_reported_at_once()
    {
        using var response = await server.Client.GetAsync(
            $"{Board}?sort=x&order=y&q={new string('q', 101)}",
            TestContext.Current.CancellationToken
        );

        await BadQuery(
                $$"""
                [ { "field": "sort", "code": "bad-value", "message": "{{UnknownSort}}" },
                  { "field": "order", "code": "bad-value", "message": "order has an unknown value; allowed: asc, desc" },
                  { "field": "q", "code": "too-long", "message": "q has 101 characters; at most 100 are allowed" } ]
                """
            )
            .AssertAsync(response);
    }

    [Fact]
    public async Task The_leaderboard_of_an_unknown_benchmark_is_not_found()
    {
        using var response = await server.Client.GetAsync("/api/benchmarks/no-such/leaderboard", TestContext.Current.CancellationToken);
        var known = (await server.Client.GetJsonAsync("/api/benchmarks")).AsArray().Select(b => (string?)b!["slug"]);

        await ExpectedProblem
            .NotFound($"There is no benchmark \"no-such\"; the benchmarks are: {string.Join(", ", known)}.")
            .AssertAsync(response);
    }

    private static ExpectedProblem BadQuery(string errors) =>
        new(HttpStatusCode.BadRequest, "Invalid query", "Correct the parameters listed below.") { Errors = errors };
}

using System.Web;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Groups;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>The state of a leaderboard is in its address, and survives writing and reading.</summary>
public sealed class LeaderboardQueryTests
{
    private static readonly Benchmark Benchmark = new()
    {
        Slug = "queried",
        Name = "Queried",
        Summary = "",
        Classes = [],
        Splits =
        [
            new Split("test1", SplitRole.InDistribution, "Test1", "", null, ""),
            new Split("test2", SplitRole.Shifted, "Test2", "", null, ""),
        ],
        Ranking = new Ranking(MetricId.BalancedError, ["test2"]),
        Groups = ["hospital", "day"],
    };

    public static TheoryData<string> Addresses =>
        [
            "",
            "?sort=method",
            "?sort=test2&order=desc",
            "?sort=createdAt",
            "?sort=createdAt&order=asc",
            "?order=desc",
            "?page=3",
            "?page=3&pageSize=10",
            "?q=a%26b%3Dc%20%25%2B%23%3F",
            "?q=%CE%B2-Tubulin",
            "?kind=reported",
            "?family=vgg",
            "?family=Vision%20transformer",
            "?externalData=false&verification=signedIn",
            "?pretraining=ImageNet%201k&ensemble=false&testTimeAdaptation=true&tunedOn=reference&maxTrainingImages=100&maxParameters=9",
            "?columns=all&copy=latex",
            "?sort=gap&order=desc&page=2&q=x&kind=baseline&family=other&externalData=true&verification=none&columns=all&copy=markdown",
            "?sort=gap&order=desc&page=2&pageSize=500&q=x&kind=baseline",
            "?sort=group%3Atest2&order=desc&group=hospital%3A3",
            "?verification=none&group=day%3A2026-05-01%20%3A%20late&columns=all",
        ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void A_query_is_written_as_it_was_read(string address) => Assert.Equal(address, Read(address).ToQueryString());

    [Theory]
    [InlineData("?sort=rank&order=asc&page=1&pageSize=50&q=&kind=", "")]
    [InlineData("?sort=createdAt&order=desc", "?sort=createdAt")]
    [InlineData("?SORT=TEST2&KIND=Reported", "?sort=test2&kind=reported")]
    [InlineData("?q=%20x%20&utm=1", "?q=x")]
    public void Default_and_unknown_parameters_are_omitted(string address, string expected) =>
        Assert.Equal(expected, Read(address).ToQueryString());

    [Fact]
    public void Every_part_of_a_query_is_read()
    {
        var query = Read(
            "?sort=test1&order=desc&page=7&pageSize=25&q=deep&kind=submission&family=deeploc"
                + "&externalData=false&pretraining=jft&ensemble=true&testTimeAdaptation=false&tunedOn=other"
                + "&maxTrainingImages=5&maxParameters=6&verification=organiser&columns=all&copy=latex"
        );

        Assert.Equal(
            new LeaderboardQuery
            {
                Sort = "test1",
                Descending = true,
                Page = 7,
                PageSize = 25,
                Filter = "deep",
                Kind = SubmissionKind.Submission,
                Family = "deeploc",
                ExternalData = false,
                Protocol = new ProtocolFilter
                {
                    Pretraining = "jft",
                    Ensemble = true,
                    TestTimeAdaptation = false,
                    TunedOn = TunedOn.Other,
                    MaxTrainingImages = 5,
                    MaxParameters = 6,
                },
                Verification = Verification.Organiser,
                AllColumns = true,
                Copy = "latex",
            },
            query
        );
    }

    [Theory]
    [InlineData("?sort=x", "sort")]
    [InlineData("?sort=rank&sort=method", "sort")]
    [InlineData("?order=x", "order")]
    [InlineData("?page=1.5", "page")]
    [InlineData("?page=%2B1", "page")]
    [InlineData("?pageSize=-5", "pageSize")]
    [InlineData("?kind=0", "kind")]
    [InlineData("?ensemble=yes", "ensemble")]
    [InlineData("?testTimeAdaptation=1", "testTimeAdaptation")]
    [InlineData("?tunedOn=test1", "tunedOn")]
    [InlineData("?maxParameters=-1", "maxParameters")]
    [InlineData("?maxTrainingImages=99999999999999999999", "maxTrainingImages")]
    [InlineData("?group=hospital", "group")]
    [InlineData("?group=hospital:", "group")]
    [InlineData("?group=:3", "group")]
    [InlineData("?group=region:3", "group")]
    [InlineData("?sort=group:test2", "sort")]
    public void An_invalid_part_is_reported_and_ignored(string address, string field)
    {
        var problems = new List<FieldProblem>();

        var query = LeaderboardQuery.Read(Benchmark, Parameters(address), problems);

        Assert.Equal((field, "bad-value"), (Assert.Single(problems).Field, problems[0].Code));
        Assert.Equal(new LeaderboardQuery(), query);
    }

    [Fact]
    public void A_group_is_a_column_and_all_that_follows_the_first_colon()
    {
        Assert.Equal(new GroupKey("day", "10:30"), Read("?group=Day:10:30").Group);
        Assert.Equal("?q=x", Read("?sort=group:test1&order=desc&q=x&group=day:1").WithoutGroup().ToQueryString());
        Assert.Equal("?sort=gap", Read("?sort=gap&group=day:1").WithoutGroup().ToQueryString());
    }

    [Fact]
    public void A_benchmark_without_groups_has_none_to_choose()
    {
        var problems = new List<FieldProblem>();

        var query = LeaderboardQuery.Read(Benchmark with { Groups = [] }, Parameters("?group=hospital:3&sort=group:test2"), problems);

        Assert.Equal(new LeaderboardQuery(), query);
        Assert.Equal("Queried has no groups; leave group out", problems.Single(p => p.Field == "group").Message);
    }

    private static LeaderboardQuery Read(string address)
    {
        var problems = new List<FieldProblem>();
        var query = LeaderboardQuery.Read(Benchmark, Parameters(address), problems);
        Assert.Empty(problems);
        return query;
    }

    private static Func<string, string> Parameters(string address)
    {
        var query = HttpUtility.ParseQueryString(address);
        return name => query[name] ?? "";
    }
}

using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>Names the splits that rank in sentences and headings.</summary>
public sealed class BoardTitlesTests
{
    [Theory]
    [InlineData("3", "Test3")]
    [InlineData("3 4", "Test3 and Test4")]
    [InlineData("2 3 4", "Test2, Test3 and Test4")]
    [InlineData("2 3 4 5", "Test2 to Test5")]
    [InlineData("5 4 3 2", "Test2 to Test5")]
    [InlineData("1 2 3 5", "Test1, Test2, Test3 and Test5")]
    [InlineData("2 3 4 5 6 7 8 9 10 11 12", "Test2 to Test12")]
    public void Many_neighbouring_splits_are_a_range(string ranking, string titles) =>
        Assert.Equal(titles, BoardSummary.Titles(Create(ranking)));

    private static Benchmark Create(string ranking) =>
        new()
        {
            Slug = "twelve",
            Name = "Twelve",
            Summary = "Twelve test sets.",
            Classes = [],
            Splits =
            [
                new Split("training", SplitRole.Training, "Training", "", null, ""),
                .. Enumerable.Range(1, 12).Select(i => new Split($"test{i}", SplitRole.Shifted, $"Test{i}", "", null, "")),
            ],
            Ranking = new Ranking(MetricId.BalancedError, [.. ranking.Split(' ').Select(i => $"test{i}")]),
        };
}

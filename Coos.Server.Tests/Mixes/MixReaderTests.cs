using Coos.Server.Mixes;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Tests.Mixes;

/// <summary>Reads mixes from query strings, and refuses invalid ones with a reason.</summary>
public sealed class MixReaderTests
{
    internal static readonly Benchmark Benchmark = new()
    {
        Slug = "mixed",
        Name = "Mixed",
        Summary = "",
        Classes = [new ClassLabel(0, "Round", "R"), new ClassLabel(1, "Long, thin", "L, t"), new ClassLabel(2, "Golgi", "Golgi")],
        Splits =
        [
            new Split("training", SplitRole.Training, "Training", "", null, ""),
            new Split("test1", SplitRole.InDistribution, "Test1", "", null, ""),
            new Split("test4", SplitRole.Shifted, "Test4", "", null, ""),
        ],
        Ranking = new Ranking(MetricId.BalancedError, ["test4"]),
    };

    [Theory]
    [InlineData("R:0.4,Golgi:0.6", new[] { 0.4, 0, 0.6 })]
    [InlineData(" golgi : 2 , 0:1 ", new[] { 1.0, 0, 2 })]
    [InlineData("L, t:3,R:1e-2", new[] { 0.01, 3, 0 })]
    [InlineData("R:0,Golgi:5", new[] { 0.0, 0, 5 })]
    public void Reads_weights(string text, double[] expected)
    {
        var query = Read(text, "", "", out var problems);

        Assert.Empty(problems);
        Assert.Equal(expected, query.Weights);
    }

    [Fact]
    public void Reads_costs_and_splits()
    {
        var query = Read("", "Golgi>R:3,*>L, t:0.5,0>*:0", "TEST4,test1,test4", out var problems);

        Assert.Empty(problems);
        Assert.Equal([new MixCost(2, 0, 3), new MixCost(null, 1, 0.5), new MixCost(0, null, 0)], query.Costs);
        Assert.Equal(["test4", "test1"], query.Splits);
    }

    [Fact]
    public void Nothing_is_the_boards_own_ranking()
    {
        var query = Read("", "", "", out var problems);

        Assert.Empty(problems);
        Assert.True(query.IsDefault);
        Assert.Equal("", query.ToQueryString(Benchmark));
        Assert.Equal(["test4"], query.SplitsOf(Benchmark));
    }

    [Theory]
    [InlineData("R:0,Golgi:0", "", "", "all-zero", "All weights are 0; at least one class needs a weight above 0")]
    [InlineData("R:-1", "", "", "bad-value", "The weight of R is -1; it must be a number from 0 to 1,000,000 with a decimal point")]
    [InlineData("R:x", "", "", "bad-value", "The weight of R is \"x\", which is not a number from 0 to 1,000,000 with a decimal point")]
    [InlineData("R:NaN", "", "", "bad-value", "The weight of R is \"NaN\", which is not a number from 0 to 1,000,000 with a decimal point")]
    [InlineData("R:1e7", "", "", "bad-value", "The weight of R is 1e7; it must be a number from 0 to 1,000,000 with a decimal point")]
    [InlineData("R:", "", "", "bad-value", "The weight of R is \"\", which is not a number from 0 to 1,000,000 with a decimal point")]
    [InlineData("Oval:1", "", "", "unknown-class", "\"Oval\" is not a class of Mixed; allowed: 0 to 2, or a class name such as R")]
    [InlineData("3:1", "", "", "unknown-class", "\"3\" is not a class of Mixed; allowed: 0 to 2, or a class name such as R")]
    [InlineData("R:1,0:2", "", "", "duplicate", "Round has two weights; give each class one weight at most")]
    [InlineData("R", "", "", "bad-value", "\"R\" has no number; write a colon and a number after each, such as ER:0.4")]
    [InlineData("", "Golgi>R:-1", "", "bad-value", "The cost of Golgi>R is -1; it must be a number from 0 to 100 with a decimal point")]
    [InlineData("", "Golgi>R:101", "", "bad-value", "The cost of Golgi>R is 101; it must be a number from 0 to 100 with a decimal point")]
    [InlineData("", "R>R:2", "", "bad-value", "R>R is a correct prediction, which costs nothing; name two different classes")]
    [InlineData("", "*>*:2", "", "bad-value", "*>* would change every cost alike; name at least one of the two classes")]
    [InlineData("", "R>Golgi:2,0>2:3", "", "duplicate", "0>2 has two costs; give each confusion one cost at most")]
    [InlineData(
        "",
        "R-Golgi:2",
        "",
        "bad-value",
        "\"R-Golgi\" is not a confusion; write the true class, > and the predicted class, such as Golgi>Endosome"
    )]
    [InlineData("", "", "test9", "unknown-split", "\"test9\" is not a test set of Mixed; it has: test1, test4")]
    [InlineData("", "", "training", "unknown-split", "\"training\" is not a test set of Mixed; it has: test1, test4")]
    public void Refuses_invalid_values(string weights, string costs, string splits, string code, string message)
    {
        Read(weights, costs, splits, out var problems);

        var field =
            weights.Length > 0 ? "weights"
            : costs.Length > 0 ? "costs"
            : "splits";
        Assert.Equal([new FieldProblem(field, code, message)], problems);
    }

    [Fact]
    public void Refuses_a_parameter_that_is_too_long()
    {
        Read(new string('1', 9000), "", "", out var problems);

        Assert.Equal("too-long", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("R:0.4,Golgi:0.6", "Golgi>R:3,*>L, t:0.5", "test1")]
    [InlineData("1:2", "", "")]
    [InlineData("", "", "test1,test4")]
    public void A_query_string_is_read_back_as_the_same_mix(string weights, string costs, string splits)
    {
        var query = Read(weights, costs, splits, out _);
        var parameters = query.Parameters(Benchmark).ToDictionary(p => p.Name, p => p.Value);
        var again = MixReader.Read(Benchmark, name => parameters.GetValueOrDefault(name, ""), []);

        Assert.Equal(query.Weights, again.Weights);
        Assert.Equal(query.Costs, again.Costs);
        Assert.Equal(query.Splits, again.Splits);
    }

    [Fact]
    public void A_cost_of_two_named_classes_wins_over_one_of_any_class()
    {
        var mix = MixInput.CreateMix(Benchmark, Read("", "Golgi>R:3,*>R:0.5,Golgi>*:7", "", out _));

        Assert.Equal(3, mix.Cost(2, 0));
        Assert.Equal(0.5, mix.Cost(1, 0));
        Assert.Equal(7, mix.Cost(2, 1));
        Assert.Equal(1, mix.Cost(0, 1));
        Assert.Equal(0, mix.Cost(2, 2));
    }

    private static MixQuery Read(string weights, string costs, string splits, out List<FieldProblem> problems)
    {
        problems = [];
        var texts = new Dictionary<string, string>
        {
            ["weights"] = weights,
            ["costs"] = costs,
            ["splits"] = splits,
        };
        return MixReader.Read(Benchmark, name => texts[name], problems);
    }
}

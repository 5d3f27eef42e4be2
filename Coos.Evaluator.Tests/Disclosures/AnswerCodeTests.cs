using Coos.Evaluator.Disclosures;

namespace Coos.Evaluator.Tests.Disclosures;

public sealed class AnswerCodeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(101)]
    [InlineData(1001)]
    [InlineData(10001)]
    public void Lengths_satisfy_Krafts_inequality(int values)
    {
        var code = new AnswerCode(values);

        Assert.InRange(Kraft(code, null), 0, 1 + 1e-9);
        foreach (var last in new[] { 0, 1, values / 3, values / 2, values - 1 }.Where(v => v < values).Distinct())
        {
            Assert.InRange(Kraft(code, last), 0, 1 + 1e-9);
        }
    }

    /// <summary>By hand: 1 + 1 bits for no change; 1 + log2(4 · 2 · 3) for a difference of 2; never more than 1 + log2 M.</summary>
    [Theory]
    [InlineData(500, null, 9.9672)]
    [InlineData(500, 500, 2)]
    [InlineData(501, 500, 4)]
    [InlineData(499, 500, 4)]
    [InlineData(498, 500, 5.5850)]
    [InlineData(490, 500, 9.7814)]
    [InlineData(0, 500, 10.9672)]
    public void Small_changes_are_cheap(int value, int? last, double bits) =>
        Assert.Equal(bits, new AnswerCode(1001).ComputeBits(value, last), 4);

    [Theory]
    [InlineData(101)]
    [InlineData(1001)]
    public void No_value_is_longer_than_the_worst_case(int values)
    {
        var code = new AnswerCode(values);

        Assert.All(Enumerable.Range(0, values), v => Assert.True(code.ComputeBits(v, 3) <= code.ComputeWorstCaseBits(0, 1)));
        Assert.Equal(code.ComputeBits(7, null), code.ComputeWorstCaseBits(1, 0));
    }

    /// <summary>All answers of two or three numbers: one bit chooses the code of all numbers that were shown before.</summary>
    [Fact]
    public void Answers_of_several_numbers_satisfy_Krafts_inequality()
    {
        var code = new AnswerCode(16);
        var values = Enumerable.Range(0, 16).ToList();
        int?[] lasts = [null, 0, 9];
        foreach (var (first, second, third) in lasts.SelectMany(a => lasts.SelectMany(b => lasts.Select(c => (a, b, c)))))
        {
            var two = values.SelectMany(a => values.Select(b => code.ComputeBits([(a, first), (b, second)])));
            var three = values.SelectMany(a =>
                values.SelectMany(b => values.Select(c => code.ComputeBits([(a, first), (b, second), (c, third)])))
            );

            Assert.InRange(two.Sum(bits => Math.Pow(2, -bits)), 0, 1 + 1e-9);
            Assert.InRange(three.Sum(bits => Math.Pow(2, -bits)), 0, 1 + 1e-9);
        }
    }

    [Fact]
    public void An_answer_without_numbers_has_no_length() => Assert.Equal(0, new AnswerCode(10).ComputeBits([]));

    [Theory]
    [InlineData(0.001, 1001)]
    [InlineData(0.01, 101)]
    [InlineData(0.07, 16)]
    [InlineData(0.35, 4)]
    [InlineData(1, 2)]
    public void A_step_has_as_many_values_as_fit_in_0_to_1(double step, int values) =>
        Assert.Equal(values, AnswerCode.ForStep(step).Values);

    [Fact]
    public void Numbers_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnswerCode(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerCode.ForStep(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerCode.ForStep(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnswerCode(10).ComputeBits(10, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnswerCode(10).ComputeBits(-1, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnswerCode(10).ComputeBits(1, 10));
    }

    private static double Kraft(AnswerCode code, int? last) =>
        Enumerable.Range(0, code.Values).Sum(value => Math.Pow(2, -code.ComputeBits(value, last)));
}

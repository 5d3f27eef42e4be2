using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Measurements.Disclosures.Attacks;

namespace Coos.Evaluator.Tests.Disclosures;

/// <summary>Runs a few of the attacks of the command <c>attacks</c> of Coos.Measurements, which measures many.</summary>
public sealed class AttackTests
{
    private const double Limit = 0.03;

    [Fact]
    public void No_attack_gains_more_than_the_bound()
    {
        foreach (var shape in BenchmarkShape.All.Where(s => s.PublicImages < 500))
        {
            var budget = InformationBound.ForBalancedError(shape.PublicSizes, shape.Classes).ComputeBits(Limit);
            foreach (var family in AttackFamily.All.Where(f => f.Fits?.Invoke(shape) ?? true))
            {
                var result = family.Simulate(shape, Limit, knowsPublic: true, 7UL << 32);

                Assert.InRange(result.Bits, 0, budget * family.Accounts);
                Assert.True(result.Gain <= result.Bound, $"{family.Name} on {shape.Name} gains {result.Gain}, above {result.Bound}.");
                Assert.Equal(0, result.SealedGain);
            }
        }
    }

    /// <summary>The bound is not vacuous: an informant reaches more than two thirds of it, and colluding accounts gain points.</summary>
    [Fact]
    public void An_informant_comes_near_the_bound()
    {
        foreach (var shape in BenchmarkShape.All.Where(s => s.PublicSizes[0].Distinct().Count() == 1))
        {
            var informant = AttackFamily.All.Single(f => f.Name == AttackFamily.Informant);

            var results = Enumerable.Range(1, 5).Select(seed => informant.Simulate(shape, Limit, knowsPublic: true, (ulong)seed << 32));

            Assert.InRange(results.Average(r => r.Gain / r.Bound), 0.67, 1);
        }
    }

    [Fact]
    public void Half_of_each_class_is_public_and_the_method_errs_on_a_tenth()
    {
        foreach (var shape in BenchmarkShape.All)
        {
            var mix = new SplitMix(1);
            var benchmark = SimulatedBenchmark.Create(shape, ref mix);

            Assert.Equal(2 * shape.PublicImages, benchmark.Honest.Length);
            Assert.Equal(shape.PublicImages, benchmark.IsPublic.Count(isPublic => isPublic));
            Assert.Equal(0.1, benchmark.ComputeRankingError(benchmark.Honest, onPublic: true), 1e-12);
            Assert.Equal(0.1, benchmark.ComputeErrors(benchmark.Honest).Average(), 1e-12);
        }
    }
}

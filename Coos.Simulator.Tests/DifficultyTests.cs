using Coos.Simulator.Parameters;

namespace Coos.Simulator.Tests;

/// <summary>The benchmark is neither trivial nor impossible, errors increase with shift, and the nucleus does not help.</summary>
public sealed class DifficultyTests(DifficultyTests.Errors errors) : IClassFixture<DifficultyTests.Errors>
{
    private const double Chance = 100 * 6 / 7.0;

    [Fact]
    public void Simple_features_have_4_to_20_percent_error_on_test1() => Assert.InRange(errors.Both[1], 4, 20);

    [Fact]
    public void Simple_features_have_at_least_as_much_error_on_test2_as_on_test1() =>
        Assert.True(errors.Both[2] >= errors.Both[1], errors.ToString());

    [Fact]
    public void Simple_features_have_at_least_5_points_more_error_on_test3_and_test4()
    {
        Assert.True(errors.Both[3] >= errors.Both[1] + 5, errors.ToString());
        Assert.True(errors.Both[4] >= errors.Both[1] + 5, errors.ToString());
    }

    [Fact]
    public void The_nucleus_alone_is_within_5_points_of_chance() =>
        Assert.All(errors.Nucleus[1..], error => Assert.InRange(error, Chance - 5, Chance + 5));

    /// <summary>The balanced errors of all sets in percent, at default size and seed; entry 0 (training) is not computed.</summary>
    public sealed class Errors
    {
        public Errors()
        {
            var parameters = new SimulationParameters();
            var splits = Enumerable.Range(0, 5).Select(i => new SimulatedSplit(parameters, i, SimulationParameters.DefaultSeed)).ToArray();
            var features = Array.ConvertAll(splits, Extract);
            var both = new ElevenNearestNeighbours(features[0].Both, splits[0].Labels);
            var nucleus = new ElevenNearestNeighbours(features[0].Nucleus, splits[0].Labels);
            for (var i = 1; i < splits.Length; i++)
            {
                Both[i] = both.BalancedError(features[i].Both, splits[i].Labels);
                Nucleus[i] = nucleus.BalancedError(features[i].Nucleus, splits[i].Labels);
            }
        }

        public double[] Both { get; } = new double[5];

        public double[] Nucleus { get; } = new double[5];

        public override string ToString() => $"both channels: {Format(Both)}; nucleus: {Format(Nucleus)}";

        private static string Format(double[] errors) =>
            string.Join(", ", errors.Skip(1).Select(e => FormattableString.Invariant($"{e:F1}")));

        private static (double[][] Both, double[][] Nucleus) Extract(SimulatedSplit split)
        {
            const int Block = 256;
            var (both, nucleus) = (new double[split.Count][], new double[split.Count][]);
            for (var first = 0; first < split.Count; first += Block)
            {
                var images = split.Render(first, Math.Min(Block, split.Count - first));
                var start = first;
                Parallel.For(
                    0,
                    images.Length / split.SamplesPerImage,
                    i =>
                    {
                        var image = images.AsSpan(i * split.SamplesPerImage, split.SamplesPerImage);
                        both[start + i] = SimpleFeatures.ComputeBoth(image);
                        nucleus[start + i] = SimpleFeatures.ComputeNucleus(image);
                    }
                );
            }

            return (both, nucleus);
        }
    }
}

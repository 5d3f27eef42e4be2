using System.Text.Json;
using Coos.Evaluator.Statistics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>
/// Compares with References/statistics.json, which References/statistics.py computed with SciPy, statsmodels and scikit-learn.
/// The file has the command and the versions.
/// </summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-10;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "statistics.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    [Fact]
    public void The_reference_file_has_its_command_and_versions()
    {
        var source = References.Value.GetProperty("made");

        Assert.All(
            ["command", "python", "numpy", "scipy", "statsmodels", "scikit-learn"],
            name => Assert.NotEmpty(source.GetProperty(name).GetString()!)
        );
    }

    [Fact]
    public void Wilsons_limits_equal_statsmodels() =>
        Each(
            "wilson",
            row =>
            {
                var limits = Wilson.Compute(Int(row, "successes"), Int(row, "trials"));

                Assert.Equal(Number(row, "lower"), limits.Lower, Tolerance);
                Assert.Equal(Number(row, "upper"), limits.Upper, Tolerance);
            }
        );

    [Fact]
    public void McNemars_p_equals_statsmodels_and_its_mid_p_equals_SciPy() =>
        Each(
            "mcnemar",
            row =>
            {
                var (b, c) = (Int(row, "b"), Int(row, "c"));

                Assert.Equal(1, Binomial.McNemar(b, c) / Number(row, "exact"), Tolerance);
                Assert.Equal(1, Binomial.McNemarMidP(c, b) / Number(row, "midP"), Tolerance);
            }
        );

    /// <summary>The p is exact up to about 70 discordant images, and within 1% beyond.</summary>
    [Fact]
    public void The_paired_p_equals_enumeration_of_all_sign_patterns() =>
        Each(
            "signFlips",
            row =>
            {
                var images = Ints(row, "images");
                var map = new CorrectnessMap([.. images.SelectMany((n, k) => Enumerable.Repeat((ushort)k, n))], images.Length);

                var test = PairTest.Compute(map, Ints(row, "onlyFirst"), Ints(row, "onlySecond"));

                Assert.Equal(Number(row, "difference"), test.Difference, Tolerance);
                var tolerance = Int(row, "discordant") < 60 ? Tolerance : 0.01;
                Assert.Equal(1, test.P / Number(row, "midP"), tolerance);
            }
        );

    [Fact]
    public void The_interval_of_a_balanced_error_equals_SciPy() =>
        Each(
            "balancedErrors",
            row =>
            {
                var (errors, images) = (Ints(row, "errors"), Ints(row, "images"));
                ushort[] actual = [.. images.SelectMany((n, k) => Enumerable.Repeat((ushort)k, n))];
                ushort Predict(int k, int i) => (ushort)(i < errors[k] ? (k + 1) % (images.Length + 1) : k);
                ushort[] predicted = [.. images.SelectMany((n, k) => Enumerable.Range(0, n).Select(i => Predict(k, i)))];
                // With one more class, which has no images.
                var interval = BalancedErrorInterval.ComputePerImage(ConfusionMatrix.Count(actual, predicted, images.Length + 1));

                Assert.Equal(Number(row, "lower"), interval.Lower, 1e-8);
                Assert.Equal(Number(row, "upper"), interval.Upper, 1e-8);
            }
        );

    [Fact]
    public void Log_loss_Brier_and_calibration_error_equal_scikit_learn() =>
        Each(
            "calibrations",
            row =>
            {
                ushort[] actual = [.. Ints(row, "actual").Select(k => (ushort)k)];
                double[] probabilities = [.. row.GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble())];

                var calibration = Calibration.Compute(actual, new ClassProbabilities(probabilities, Int(row, "classes")));

                Assert.Equal(Number(row, "balancedLogLoss"), calibration.BalancedLogLoss, Tolerance);
                Assert.Equal(Number(row, "brier"), calibration.Brier, Tolerance);
                Assert.Equal(Number(row, "expectedCalibrationError"), calibration.ExpectedCalibrationError, Tolerance);
            }
        );

    private static void Each(string list, Action<JsonElement> check)
    {
        var rows = References.Value.GetProperty(list).EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, check);
    }

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];
}

using System.Text.Json;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>
/// The numbers of References/statistics.json, which References/statistics.py made with SciPy, statsmodels and scikit-learn:
/// the command and the versions stand in the file.
/// </summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-10;

    private static readonly Lazy<JsonElement> Made = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "statistics.json")));
        return document.RootElement.Clone();
    });

    [Fact]
    public void The_file_says_how_it_was_made()
    {
        var made = Made.Value.GetProperty("made");

        Assert.All(["command", "python", "numpy", "scipy", "statsmodels", "scikit-learn"], name => Assert.NotEmpty(made.GetProperty(name).GetString()!));
    }

    [Fact]
    public void Wilsons_limits_are_those_of_statsmodels() => Each("wilson", row =>
    {
        var limits = Wilson.Of(Int(row, "successes"), Int(row, "trials"));

        Assert.Equal(Number(row, "lower"), limits.Lower, Tolerance);
        Assert.Equal(Number(row, "upper"), limits.Upper, Tolerance);
    });

    [Fact]
    public void McNemars_p_is_that_of_statsmodels_and_its_mid_p_that_of_SciPy() => Each("mcnemar", row =>
    {
        var (b, c) = (Int(row, "b"), Int(row, "c"));

        Assert.Equal(1, Binomial.McNemar(b, c) / Number(row, "exact"), Tolerance);
        Assert.Equal(1, Binomial.McNemarMidP(c, b) / Number(row, "midP"), Tolerance);
    });

    /// <summary>Up to some 70 discordant images the p is exact; up to 199 it is a saddle point's, within 1% of itself; then normal.</summary>
    [Fact]
    public void The_paired_p_is_that_of_all_sign_patterns() => Each("signFlips", row =>
    {
        var images = Ints(row, "images");
        var map = new CorrectnessMap([.. images.SelectMany((n, k) => Enumerable.Repeat((byte)k, n))], images.Length);

        var test = PairTest.Of(map, Ints(row, "onlyFirst"), Ints(row, "onlySecond"));

        Assert.Equal(Number(row, "difference"), test.Difference, Tolerance);
        var tolerance = Int(row, "discordant") switch { < 60 => Tolerance, < SignFlip.NormalFrom => 0.01, _ => 0.05 };
        Assert.Equal(1, test.P / Number(row, "midP"), tolerance);
    });

    [Fact]
    public void The_interval_of_a_balanced_error_is_that_of_SciPys_distributions() => Each("balancedErrors", row =>
    {
        var (errors, images) = (Ints(row, "errors"), Ints(row, "images"));
        byte[] actual = [.. images.SelectMany((n, k) => Enumerable.Repeat((byte)k, n))];
        byte[] predicted = [.. images.SelectMany((n, k) => Enumerable.Range(0, n).Select(i => (byte)(i < errors[k] ? (k + 1) % (images.Length + 1) : k)))];

        // One class more, without images.
        var interval = BalancedErrorInterval.PerImage(ConfusionMatrix.Count(actual, predicted, images.Length + 1));

        Assert.Equal(Number(row, "lower"), interval.Lower, 1e-8);
        Assert.Equal(Number(row, "upper"), interval.Upper, 1e-8);
    });

    [Fact]
    public void Log_loss_Brier_and_calibration_error_are_those_of_scikit_learn() => Each("calibrations", row =>
    {
        byte[] actual = [.. Ints(row, "actual").Select(k => (byte)k)];
        double[] probabilities = [.. row.GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble())];

        var calibration = Calibration.Of(actual, probabilities, Int(row, "classes"));

        Assert.Equal(Number(row, "balancedLogLoss"), calibration.BalancedLogLoss, Tolerance);
        Assert.Equal(Number(row, "brier"), calibration.Brier, Tolerance);
        Assert.Equal(Number(row, "expectedCalibrationError"), calibration.ExpectedCalibrationError, Tolerance);
    });

    private static void Each(string list, Action<JsonElement> check)
    {
        var rows = Made.Value.GetProperty(list).EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, check);
    }

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];
}

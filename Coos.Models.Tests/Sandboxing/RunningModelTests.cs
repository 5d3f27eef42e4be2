using Coos.Models.Protocol;

namespace Coos.Models.Tests.Sandboxing;

public sealed class RunningModelTests
{
    private static readonly float[] Slopes = [.. Enumerable.Range(0, 7).Select(i => -0.01f + (0.02f * i / 6))];
    private static readonly float[] OtherSlopes = [.. Enumerable.Range(0, 7).Select(i => 0.002f - (0.006f * i / 6))];
    private static readonly float[] Offsets = [.. Enumerable.Range(0, 7).Select(i => 0.5f - (1f * i / 6))];

    [Fact]
    public void A_model_says_what_it_is()
    {
        using var model = TinyModels.Load("tiny");

        Assert.Equal("images", model.Facts.Input);
        Assert.Equal("float32", model.Facts.InputType);
        Assert.Null(model.Facts.Batch);
        Assert.True(model.Facts is { Output: "probabilities", IsProbabilities: true, IsDecidedBySums: false, Opset: 17, Nodes: 4 });
        Assert.Equal("tiny-models.py", model.Facts.Producer);
        Assert.Equal(21, model.Facts.Parameters);
        Assert.Equal(14, model.Facts.MultiplyAdds);
        Assert.StartsWith("ONNX Runtime 1.", model.Facts.Runtime, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tiny", true)]
    [InlineData("uint16", false)]
    [InlineData("batch-1", true)]
    [InlineData("batch-8", true)]
    [InlineData("two-outputs", true)]
    [InlineData("unnamed", true)]
    [InlineData("unnamed-logits", false)]
    public void Scores_are_those_of_the_formula(string name, bool isProbabilities)
    {
        var images = Images(11);

        using var model = TinyModels.Load(name);
        var scores = new float[11 * TinyModels.Classes];
        model.Score(images, scores);
        var totals = model.Finish();

        Assert.Equal(isProbabilities, model.Facts.IsProbabilities);
        Assert.Equal(name.StartsWith("unnamed", StringComparison.Ordinal), model.Facts.IsDecidedBySums);
        for (var i = 0; i < 11; i++)
        {
            var expected = Expect(images.AsSpan(i * model.ImageSize, model.ImageSize), isProbabilities);
            Assert.Equal(
                expected,
                scores[(i * TinyModels.Classes)..((i + 1) * TinyModels.Classes)],
                (a, b) => Math.Abs(a - b) < 1e-4f * (1 + Math.Abs(a))
            );
        }

        Assert.InRange(totals.PeakMemoryBytes, 10L << 20, 1L << 30);
        Assert.InRange(totals.Seconds, 0, 60);
    }

    [Fact]
    public void Multiply_adds_of_a_convolution_are_counted()
    {
        using var model = TinyModels.Load("convolution");

        // 4 maps of 64 x 64, each value a sum over 2 channels of 3 x 3; then 4 x 7.
        Assert.Equal((4L * 64 * 64 * 2 * 3 * 3) + (4 * 7), model.Facts.MultiplyAdds);
    }

    [Fact]
    public void Several_batches_give_the_same_as_one()
    {
        var images = Images(10);
        using var model = TinyModels.Load("convolution");
        var (whole, parts) = (new float[70], new float[70]);

        model.Score(images, whole);
        for (var first = 0; first < 10; first += 3)
        {
            var count = Math.Min(3, 10 - first);
            model.Score(images.AsSpan(first * model.ImageSize, count * model.ImageSize), parts.AsSpan(first * 7, count * 7));
        }

        Assert.Equal(whole, parts, (a, b) => Math.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void A_failure_on_images_says_nothing_of_them()
    {
        using var model = TinyModels.Load("dark-is-not-a-number");

        var problem = Assert.Throws<ModelException>(() => model.Score(new ushort[model.ImageSize], new float[7])).Problem;

        Assert.Equal(ModelProblemCodes.WrongOutput, problem.Code);
        Assert.Contains("some images of the benchmark", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            TinyModels.Load(TinyModels.Read("endless"), TinyModels.Limits, source.Token).Dispose()
        );
    }

    private static ushort[] Images(int count) =>
        [.. Enumerable.Range(0, count * 2 * 64 * 64).Select(i => (ushort)((((i / 4096) * 37) + (i % 61)) % 300))];

    private static float[] Expect(ReadOnlySpan<ushort> image, bool isProbabilities)
    {
        var (first, second) = (Mean(image[..4096]), Mean(image[4096..]));
        double[] logits = [.. Enumerable.Range(0, 7).Select(k => (first * Slopes[k]) + (second * OtherSlopes[k]) + Offsets[k])];
        var sum = logits.Sum(Math.Exp);
        return [.. logits.Select(z => (float)(isProbabilities ? Math.Exp(z) / sum : z))];
    }

    private static double Mean(ReadOnlySpan<ushort> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}

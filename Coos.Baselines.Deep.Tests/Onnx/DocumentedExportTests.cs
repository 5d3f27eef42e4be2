using System.Globalization;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Tests.Onnx;

/// <summary>Runs the examples of docs/models.md in Python, and their files in ONNX Runtime on other images.</summary>
public sealed class DocumentedExportTests : IDisposable
{
    private const int Count = 6;

    private static readonly ImageShape Shape = new(Count, 2, 64, 64);

    private readonly Images _folder = new();

    [Fact]
    public void The_example_in_PyTorch()
    {
        Python.Require("torch", "onnx");

        Compare("torch.onnx.export(", "model(torch.from_numpy(raw)).detach().numpy()", 7);
    }

    [Fact]
    public void The_example_in_scikit_learn()
    {
        Python.Require("numpy", "sklearn", "onnx");

        Compare("StandardScaler", "pipeline.predict_proba(features(raw))", 3);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the code block that contains a text, and compares its model with an expression in the same Python.</summary>
    private void Compare(string text, string prediction, int classes)
    {
        float[] raw = [.. Enumerable.Range(0, Count * Shape.SamplesPerImage).Select(i => (float)((i * 7919L % 4096) + (i / 8192 * 100)))];
        var script = _folder.File("example.py");
        File.WriteAllText(
            script,
            $$"""
            import os; os.chdir({{Quote(_folder.Root)}})
            {{Block(text)}}
            import numpy
            index = numpy.arange({{raw.Length}}, dtype=numpy.int64)
            raw = (index * 7919 % 4096 + index // 8192 * 100).astype(numpy.float32).reshape({{Count}}, 2, 64, 64)
            print(" ".join(repr(float(p)) for p in ({{prediction}}).flatten()))
            """
        );

        var (code, output) = Python.Run(script);

        Assert.True(code == 0, output);
        double[] expected = [.. output.Trim().Split('\n')[^1].Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture))];
        using var onnx = new OnnxModel(File.ReadAllBytes(_folder.File("model.onnx")));
        var probabilities = onnx.Predict(raw, Shape);
        Assert.Equal(classes, probabilities.Columns);
        Assert.All(expected.Zip(probabilities.Values), p => Assert.Equal(p.First, p.Second, 1e-5));
        Assert.Equal(Count * classes, expected.Length);
    }

    private static string Quote(string path) => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal)}\"";

    private static string Block(string text) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "models.md"))
            .Split("```python\n")[1..]
            .Select(block => block.Split("```")[0])
            .First(block => block.Contains(text, StringComparison.Ordinal));
}

using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using Microsoft.ML.OnnxRuntime;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>An exported model in ONNX Runtime, on one thread.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly RunOptions _options = new();

    public OnnxModel(byte[] content)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        Session = new InferenceSession(content, options);
    }

    public InferenceSession Session { get; }

    /// <summary>Computes probabilities of all images of a set, in batches.</summary>
    public FeatureMatrix Predict(ImageSet set, int batch = 16)
    {
        var rows = new List<float>();
        foreach (var block in set.Blocks())
        {
            for (var first = 0; first < block.Count; first += batch)
            {
                var count = Math.Min(batch, block.Count - first);
                var length = set.Shape.SamplesPerImage;
                rows.AddRange(Run(block.Samples.Slice(first * length, count * length).ToArray(), set.Shape with { Count = count }));
            }
        }

        return Matrix(set.Shape.Count, rows);
    }

    /// <summary>Computes probabilities of raw samples.</summary>
    public FeatureMatrix Predict(float[] samples, ImageShape shape) => Matrix(shape.Count, Run(samples, shape));

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }

    private float[] Run(float[] samples, ImageShape shape)
    {
        long[] dimensions = [shape.Count, shape.Channels, shape.Height, shape.Width];
        using var input = OrtValue.CreateTensorValueFromMemory(samples, dimensions);
        using var outputs = Session.Run(_options, ["images"], [input], ["probabilities"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static FeatureMatrix Matrix(int rows, IReadOnlyCollection<float> values) =>
        new(rows, values.Count / rows, [.. values.Select(v => (double)v)]);
}

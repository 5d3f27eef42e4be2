using System.Diagnostics;
using Coos.Models.Protocol;
using Coos.Runner.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Coos.Runner;

/// <summary>A model that is loaded and keeps the contract.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly RunnerRequest _request;
    private readonly ModelContract _contract;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private long _ticks;

    private ModelSession(RunnerRequest request, ModelContract contract, InferenceSession session)
    {
        (_request, _contract, _session) = (request, contract, session);
        (_inputs, _outputs) = ([contract.Input], [contract.Output]);
    }

    /// <summary>The number of samples of an image.</summary>
    public int ImageSize => _request.Channels * _request.Height * _request.Width;

    /// <summary>The time in the runtime so far, in seconds.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(0, _ticks).TotalSeconds;

    /// <summary>Loads a model, tries it on two made-up images, and says what it is.</summary>
    /// <exception cref="ModelException">The model cannot be run.</exception>
    public static (ModelSession Session, ModelFacts Facts) Load(byte[] model, RunnerRequest request)
    {
        var structure = ModelStructure.Read(model);
        var contract = ModelContract.Read(structure, request);
        var session = Errors.Translate(() => new ModelSession(request, contract, new InferenceSession(model, Options(request.Threads))));
        try
        {
            var isProbabilities = session.Try();
            var work = request.CountsWork ? WorkCounter.Count(model, structure, contract, request) : null;
            session._ticks = 0;
            return (session, session.Describe(structure, isProbabilities, work));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Options that keep the runtime quiet and within its threads.</summary>
    public static SessionOptions Options(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that wait for work would take the processor from the pages of the server.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /// <summary>Scores images.</summary>
    /// <param name="samples">The samples of the images.</param>
    /// <param name="scores">Receives one score for each image and class.</param>
    /// <exception cref="ModelException">The model failed, or its output is not what the contract says.</exception>
    public void Score(ReadOnlySpan<ushort> samples, Span<float> scores)
    {
        var (images, step) = (samples.Length / ImageSize, _contract.Batch ?? (samples.Length / ImageSize));
        for (var first = 0; first < images; first += step)
        {
            var count = Math.Min(step, images - first);
            ScoreBatch(
                samples.Slice(first * ImageSize, count * ImageSize),
                step,
                scores.Slice(first * _request.Classes, count * _request.Classes)
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    /// <param name="samples">The images.</param>
    /// <param name="size">The number of images that the model gets; the last batch of one of fixed size is filled up with zeros.</param>
    /// <param name="scores">Receives the scores of the images.</param>
    private void ScoreBatch(ReadOnlySpan<ushort> samples, int size, Span<float> scores)
    {
        long[] shape = [size, _request.Channels, _request.Height, _request.Width];
        using var input = CreateInput(samples, shape);
        var start = Stopwatch.GetTimestamp();
        using var results = Errors.Translate(() => _session.Run(_run, _inputs, [input], _outputs));
        _ticks += Stopwatch.GetTimestamp() - start;
        CopyScores(results[0], size, scores);
    }

    private OrtValue CreateInput(ReadOnlySpan<ushort> samples, long[] shape)
    {
        var count = (int)shape[0] * ImageSize;
        if (_contract.IsUInt16)
        {
            var whole = new ushort[count];
            samples.CopyTo(whole);
            return OrtValue.CreateTensorValueFromMemory(whole, shape);
        }

        var values = new float[count];
        for (var i = 0; i < samples.Length; i++)
        {
            values[i] = samples[i];
        }

        return OrtValue.CreateTensorValueFromMemory(values, shape);
    }

    private void CopyScores(OrtValue output, int images, Span<float> scores)
    {
        var name = ModelStructure.Shorten(_contract.Output);
        if (!output.IsTensor)
        {
            throw ModelContract.WrongOutput(
                $"the output \"{name}\" is not a tensor; allowed: float32 of the shape [N, {_request.Classes}]"
            );
        }

        var type = output.GetTensorTypeAndShape();
        if (type.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
        {
            throw ModelContract.WrongOutput($"the output \"{name}\" is {type.ElementDataType}; allowed: float32");
        }

        if (type.Shape is not [var rows, var columns] || rows != images || columns != _request.Classes)
        {
            throw ModelContract.WrongShape(name, $"[{string.Join(", ", type.Shape.Take(8))}] for {images} images", _request.Classes);
        }

        var values = output.GetTensorDataAsSpan<float>()[..scores.Length];
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw ModelContract.WrongOutput($"the output \"{name}\" has values that are not finite (NaN or infinity)");
            }
        }

        values.CopyTo(scores);
    }

    /// <summary>Scores two made-up images.</summary>
    /// <returns>Whether the output is probabilities.</returns>
    private bool Try()
    {
        const int Images = 2;
        var samples = new ushort[Images * ImageSize];

        // Not black, for models that divide by the deviation of an image. The values do not matter else.
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)((((uint)i * 2_654_435_761u) >> 16) & ((1u << _request.Bits) - 1));
        }

        var scores = new float[Images * _request.Classes];
        Score(samples, scores);
        return _contract.IsProbabilities ?? AreProbabilities(scores, _request.Classes);
    }

    private static bool AreProbabilities(float[] scores, int classes) =>
        scores.All(s => s is >= 0 and <= 1) && scores.Chunk(classes).All(row => Math.Abs(row.Sum(s => (double)s) - 1) <= 1e-3);

    private ModelFacts Describe(ModelStructure structure, bool isProbabilities, long? work) =>
        new()
        {
            Input = ModelStructure.Shorten(_contract.Input),
            InputType = _contract.IsUInt16 ? "uint16" : "float32",
            Batch = _contract.Batch,
            Output = ModelStructure.Shorten(_contract.Output),
            IsProbabilities = isProbabilities,
            IsDecidedBySums = _contract.IsProbabilities is null,
            Opset = structure.Opset,
            Producer = structure.Producer,
            Nodes = structure.Nodes,
            Parameters = structure.Parameters,
            MultiplyAdds = work,
            Runtime = $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}",
        };
}

using System.Runtime.InteropServices;
using Coos.Models.Protocol;

namespace Coos.Models.Sandboxing;

/// <summary>A model that is loaded in the sandbox and scores images. It is for one thread.</summary>
public sealed class RunningModel : IDisposable
{
    private const int MaximumDetail = 500;
    private const int MaximumName = 100;

    private readonly SandboxProcess _process;
    private readonly RunnerRequest _request;
    private readonly CancellationToken _cancellation;
    private bool _hasSeenImages;

    private RunningModel(SandboxProcess process, RunnerRequest request, CancellationToken cancellation)
    {
        (_process, _request, _cancellation) = (process, request, cancellation);
        Facts = null!;
    }

    /// <summary>What the model is.</summary>
    public ModelFacts Facts { get; private set; }

    /// <summary>The number of samples of an image.</summary>
    public int ImageSize => _request.Channels * _request.Height * _request.Width;

    /// <summary>Sends a model to the process and waits until it is loaded.</summary>
    internal static RunningModel Load(SandboxProcess process, Stream model, RunnerRequest request, CancellationToken cancellation)
    {
        var running = new RunningModel(process, request, cancellation);
        running.Facts = running.Guard(() =>
        {
            Frames.WriteRequest(process.Input, request);
            running.CopyModel(model);
            return Shorten(running.Read(FrameKind.Facts, RunnerJson.Default.ModelFacts));
        });
        return running;
    }

    /// <summary>Scores images.</summary>
    /// <param name="samples">The samples, image by image, channel by channel, row by row.</param>
    /// <param name="scores">Receives one score for each image and class.</param>
    /// <exception cref="ModelException">The model cannot be run on them. What the runtime says is not in it.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public void Score(ReadOnlySpan<ushort> samples, Span<float> scores)
    {
        var images = samples.Length / ImageSize;
        if (images * ImageSize != samples.Length || images * _request.Classes != scores.Length || images == 0)
        {
            throw new ArgumentException($"{samples.Length} samples and {scores.Length} scores are not of the same images.", nameof(scores));
        }

        _hasSeenImages = true;
        try
        {
            Frames.WriteNumber(_process.Input, images);
            _process.Input.Write(MemoryMarshal.AsBytes(samples));
            _process.Input.Flush();
            var content = MemoryMarshal.AsBytes(scores);
            Expect(FrameKind.Scores, content.Length);
            _process.Output.ReadExactly(content);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Translate(e);
        }
    }

    /// <summary>Ends the model.</summary>
    /// <returns>What the run used.</returns>
    /// <exception cref="ModelException">The runtime ended before.</exception>
    public RunnerTotals Finish() =>
        Guard(() =>
        {
            Frames.WriteNumber(_process.Input, 0);
            _process.Input.Flush();
            return Read(FrameKind.Totals, RunnerJson.Default.RunnerTotals);
        });

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void CopyModel(Stream model)
    {
        var buffer = new byte[1 << 16];
        var left = _request.ModelBytes;
        while (left > 0)
        {
            var read = model.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                throw new ArgumentException($"The model ends {left} bytes early.", nameof(model));
            }

            _process.Input.Write(buffer, 0, read);
            left -= read;
        }

        _process.Input.Flush();
    }

    private T Read<T>(FrameKind kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Frames.ReadJson(_process.Output, Expect(kind, null), type);

    /// <summary>Reads the header of a frame.</summary>
    /// <exception cref="ModelException">The frame says that the model cannot be run.</exception>
    private int Expect(FrameKind kind, int? length)
    {
        var (found, size) = Frames.ReadHeader(_process.Output);
        if (found == FrameKind.Problem)
        {
            throw Trust(Frames.ReadJson(_process.Output, size, RunnerJson.Default.ModelProblem));
        }

        return found == kind && (length ?? size) == size
            ? size
            : throw new InvalidDataException($"The runner sent {found} with {size} bytes where {kind} was due.");
    }

    /// <summary>
    /// Takes a problem from the runner. Once it has seen images, only its code: a model that has broken out of the runtime could put
    /// pixels into the text.
    /// </summary>
    private ModelException Trust(ModelProblem problem)
    {
        var code = ModelProblemCodes.All.Contains(problem.Code) ? problem.Code : ModelProblemCodes.Crashed;
        return _hasSeenImages ? OfCode(code) : new ModelException(code, Shorten(problem.Detail, MaximumDetail));
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Translate(e);
        }
    }

    /// <summary>Finds out why the pipes broke.</summary>
    private Exception Translate(Exception cause)
    {
        _process.Kill();
        var (code, errors) = _process.WaitAsync().GetAwaiter().GetResult();
        return _cancellation.IsCancellationRequested
            ? new OperationCanceledException("The run was ended.", cause, _cancellation)
            : OfCode(
                ExitReason.Find(code, errors, _process.IsLate, cause is InvalidDataException),
                new SandboxException($"The runner ended with exit code {code}: {errors}", cause)
            );
    }

    /// <param name="code">One of <see cref="ModelProblemCodes"/>.</param>
    /// <param name="cause">What the process said, for the server's log.</param>
    private static ModelException OfCode(string code, Exception? cause = null) =>
        new(
            code,
            code switch
            {
                ModelProblemCodes.TooSlow => "the model needs more time than a model may have here",
                ModelProblemCodes.OutOfMemory => "the model needs more memory than a model may have here",
                ModelProblemCodes.WrongOutput =>
                    "the output for some images of the benchmark is not finite, or has another shape than [N, K]",
                ModelProblemCodes.InvalidModel =>
                    "the runtime failed on some images of the benchmark: sizes or types within the graph do not fit",
                _ => "the runtime ended while it ran the model",
            },
            cause
        );

    private static ModelFacts Shorten(ModelFacts facts) =>
        facts with
        {
            Input = Shorten(facts.Input, MaximumName),
            Output = Shorten(facts.Output, MaximumName),
            Producer = Shorten(facts.Producer, MaximumName),
            Runtime = Shorten(facts.Runtime, MaximumName),
        };

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}

using Coos.Models.Protocol;
using Coos.Models.Sandboxing;

namespace Coos.Models.Tests.Sandboxing;

/// <summary>Tries many models in one process of the sandbox, which is started again when a model ends it.</summary>
internal sealed class ManyModels : IDisposable
{
    private static readonly TimeSpan TimeOfOne = TimeSpan.FromSeconds(3);

    private SandboxProcess? _process;

    /// <summary>How often a model ended the process, or took so long that it was ended.</summary>
    public int Restarts { get; private set; }

    /// <summary>Loads a model.</summary>
    /// <returns>The code of its problem; null if it can be run.</returns>
    public string? Try(byte[] model)
    {
        _process ??= TinyModels.Sandbox.StartRunner(TinyModels.Limits with { Time = TimeSpan.FromMinutes(20) }, CancellationToken.None);
        using var late = new Timer(_ => _process?.Kill(), null, TimeOfOne, Timeout.InfiniteTimeSpan);
        try
        {
            Frames.WriteRequest(_process.Input, TinyModels.Request with { ModelBytes = model.Length, CountsWork = false });
            _process.Input.Write(model);
            _process.Input.Flush();
            var (kind, length) = Frames.ReadHeader(_process.Output);
            if (kind == FrameKind.Problem)
            {
                return Frames.ReadJson(_process.Output, length, RunnerJson.Default.ModelProblem).Code;
            }

            Assert.Equal(FrameKind.Facts, kind);
            Assert.True(Frames.ReadJson(_process.Output, length, RunnerJson.Default.ModelFacts).Nodes > 0);
            Frames.WriteNumber(_process.Input, 0);
            _process.Input.Flush();
            (kind, length) = Frames.ReadHeader(_process.Output);
            Assert.Equal(FrameKind.Totals, kind);
            _ = Frames.ReadJson(_process.Output, length, RunnerJson.Default.RunnerTotals);
            return null;
        }
        catch (IOException)
        {
            Restarts++;
            _process.Dispose();
            _process = null;
            return ModelProblemCodes.Crashed;
        }
    }

    public void Dispose() => _process?.Dispose();
}

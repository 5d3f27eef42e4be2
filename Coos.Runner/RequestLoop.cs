using System.Runtime.InteropServices;
using Coos.Models.Protocol;

namespace Coos.Runner;

/// <summary>Answers the requests of the pipes, one model after another, until they are closed.</summary>
internal sealed class RequestLoop(Stream input, Stream output, RunMemory memory)
{
    /// <summary>Answers all requests.</summary>
    public void Run()
    {
        Frames.Write(output, FrameKind.Ready, []);
        while (Frames.ReadRequest(input) is { } request)
        {
            try
            {
                RunModel(request);
            }
            catch (ModelException e)
            {
                Report(e.Problem);
            }
            catch (OutOfMemoryException)
            {
                Report(Errors.OutOfMemory().Problem);
            }
        }
    }

    private void RunModel(RunnerRequest request)
    {
        var (session, facts) = ModelSession.Load(ReadModel(request.ModelBytes), request);
        using (session)
        {
            GC.Collect();
            memory.Reset();
            Frames.WriteJson(output, FrameKind.Facts, facts, RunnerJson.Default.ModelFacts);
            while (Frames.ReadNumber(input) is > 0 and var images)
            {
                ScoreBatch(session, images, request.Classes);
            }

            Frames.WriteJson(
                output,
                FrameKind.Totals,
                new RunnerTotals(RunMemory.Read(), session.Seconds),
                RunnerJson.Default.RunnerTotals
            );
        }
    }

    private byte[] ReadModel(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new ModelException(ModelProblemCodes.InvalidModel, "the file is larger than a model can be");
        }

        var model = new byte[length];
        input.ReadExactly(model);
        return model;
    }

    private void ScoreBatch(ModelSession session, int images, int classes)
    {
        var samples = new ushort[images * session.ImageSize];
        input.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        var scores = new float[images * classes];
        session.Score(samples, scores);
        Frames.Write(output, FrameKind.Scores, MemoryMarshal.AsBytes(scores.AsSpan()));
    }

    private void Report(ModelProblem problem) => Frames.WriteJson(output, FrameKind.Problem, problem, RunnerJson.Default.ModelProblem);
}

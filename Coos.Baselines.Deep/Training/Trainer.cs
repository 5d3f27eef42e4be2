using System.Diagnostics;
using System.Globalization;
using System.Text;
using Coos.Baselines.Deep.Native;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>Trains a network step by step; interrupted or killed, the next run goes on from the last checkpoint.</summary>
internal sealed class Trainer(ITrainable training, TrainingPlan plan, string folder, IProgress<TrainingProgress>? progress)
{
    /// <summary>The checkpoint's name in the folder.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    private readonly string _checkpoint = Path.Combine(folder, CheckpointName);
    private readonly Stopwatch _clock = new();
    private int _firstStep;

    /// <summary>Trains to the end. The network is then the best that was seen, where there were held-out images to judge by.</summary>
    /// <param name="cancellation">Stops after the step at hand, with a checkpoint.</param>
    /// <returns>Every step, and the step of the network that was kept.</returns>
    /// <exception cref="BaselineException">The loss is no number, or there is not enough memory.</exception>
    /// <exception cref="DatasetException">The checkpoint is damaged or of another training, or cannot be written.</exception>
    public TrainingResult Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var state = Checkpoint.Read(_checkpoint, training) ?? new TrainingState();
        if (state.Step > plan.Steps)
        {
            throw new BaselineException($"{_checkpoint} is at step {state.Step}, past --steps {plan.Steps}; give more steps, or another --out");
        }

        _firstStep = state.Step;
        _clock.Start();
        try
        {
            Run(state, cancellation);
        }
        catch (OperationCanceledException)
        {
            Save(state);
            throw;
        }

        state.RestoreBest(training.Network);
        training.Network.eval();
        return new TrainingResult([.. state.Curve], state.BestStep > 0 ? state.BestStep : state.Step);
    }

    private void Run(TrainingState state, CancellationToken cancellation)
    {
        training.Network.train();
        while (true)
        {
            // Interrupted between a step and the look after it, the next run looks first.
            if (IsDue(state))
            {
                Judge(state, cancellation);
                Save(state);
                Report(state, isCheckpoint: true);
            }

            if (state.Step == plan.Steps || (plan.Patience is { } patience && state.LooksSinceBest >= patience))
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            state.Curve.Add(TorchFaults.Catch(() => Step(state.Step + 1)));
            state.Step++;
            Report(state, isCheckpoint: false);
        }
    }

    private bool IsDue(TrainingState state) =>
        state.Step > 0 && (state.Step % plan.CheckpointEvery == 0 || state.Step == plan.Steps) && state.Curve[^1].ValidationError is null;

    private CurvePoint Step(int step)
    {
        using var scope = torch.NewDisposeScope();
        var start = Stopwatch.GetTimestamp();
        var rate = training.RateAt(step);
        foreach (var group in training.Optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        training.Optimizer.zero_grad();
        var loss = training.Loss(step);
        loss.backward();
        training.Optimizer.step();
        var value = loss.item<float>();
        return float.IsFinite(value)
            ? new CurvePoint(step, value, rate, Stopwatch.GetElapsedTime(start).TotalSeconds)
            : throw new BaselineException(string.Create(
                CultureInfo.InvariantCulture, $"the loss at step {step} is {value}: the training has diverged at learning rate {rate:g3}; give a lower --learning-rate, or --preset small"));
    }

    private void Judge(TrainingState state, CancellationToken cancellation)
    {
        training.Network.eval();
        using (torch.no_grad())
        {
            if (TorchFaults.Catch(() => training.Validate(cancellation)) is { } validation)
            {
                var best = state.BestValidation;
                state.Curve[^1] = state.Curve[^1] with { ValidationLoss = validation.Loss, ValidationError = validation.BalancedError };
                if (best is null || validation.IsBetterThan(best.Value))
                {
                    state.KeepBest(training.Network, state.Step);
                }
            }
        }

        training.Network.train();
    }

    private void Save(TrainingState state)
    {
        if (state.Step == 0)
        {
            return;
        }

        Checkpoint.Write(_checkpoint, training, state);
        AtomicFile.Write(Path.Combine(folder, "curve.csv"), Encoding.UTF8.GetBytes(TrainingCurve.ToCsv(state.Curve)));
        AtomicFile.Write(Path.Combine(folder, "curve.svg"), Encoding.UTF8.GetBytes(CurvePicture.Draw(training.Name, state.Curve)));
    }

    private void Report(TrainingState state, bool isCheckpoint)
    {
        var done = state.Step - _firstStep;
        TimeSpan? remaining = done > 0 ? _clock.Elapsed / done * (plan.Steps - state.Step) : null;
        progress?.Report(new TrainingProgress(state.Step, plan.Steps, state.Curve[^1].Loss, state.BestValidation?.BalancedError, remaining, isCheckpoint));
    }
}

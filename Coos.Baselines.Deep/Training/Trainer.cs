using System.Diagnostics;
using System.Globalization;
using System.Text;
using Coos.Baselines.Deep.Native;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Training;

/// <summary>Trains a network step by step. After an interruption, the next run resumes from the last checkpoint.</summary>
internal sealed class Trainer(ITrainable training, TrainingPlan plan, string folder, IProgress<TrainingProgress>? progress)
{
    /// <summary>The file name of the checkpoint in the folder.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    private readonly string _checkpoint = Path.Combine(folder, CheckpointName);
    private readonly Stopwatch _clock = new();
    private int _firstStep;

    /// <summary>Trains to the end. With held-out images, the network is then the one with the best validation.</summary>
    /// <param name="cancellation">Cancels after the current step, with a checkpoint.</param>
    /// <returns>All steps, and the step of the selected network.</returns>
    /// <exception cref="BaselineException">The loss is not finite, or memory runs out.</exception>
    /// <exception cref="DatasetException">The checkpoint is damaged, belongs to a different training run, or cannot be written.</exception>
    public TrainingResult Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var state = Checkpoint.Read(_checkpoint, training) ?? new TrainingState();
        if (state.Step > plan.Steps)
        {
            throw new BaselineException(
                $"{_checkpoint} is at step {state.Step}, past --steps {plan.Steps}; increase --steps, or use another --out"
            );
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
            // After an interruption between a step and its validation, the next run validates first.
            if (IsCheckpointDue(state))
            {
                Validate(state, cancellation);
                Save(state);
                Report(state, isCheckpoint: true);
            }

            if (state.Step == plan.Steps || (plan.Patience is { } patience && state.ValidationsSinceBest >= patience))
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            state.Curve.Add(TorchErrors.Translate(() => Step(state.Step + 1)));
            state.Step++;
            Report(state, isCheckpoint: false);
        }
    }

    private bool IsCheckpointDue(TrainingState state) =>
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
            : throw new BaselineException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the loss at step {step} is {value}: the training has diverged at learning rate {rate:g3}; "
                        + $"use a lower --learning-rate, or --preset small"
                )
            );
    }

    private void Validate(TrainingState state, CancellationToken cancellation)
    {
        training.Network.eval();
        using (torch.no_grad())
        {
            if (TorchErrors.Translate(() => training.Validate(cancellation)) is { } validation)
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
        progress?.Report(
            new TrainingProgress(state.Step, plan.Steps, state.Curve[^1].Loss, state.BestValidation?.BalancedError, remaining, isCheckpoint)
        );
    }
}

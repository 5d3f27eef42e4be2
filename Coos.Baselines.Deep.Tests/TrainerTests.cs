using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Tests that a training run can be stopped, killed, resumed and extended.</summary>
public sealed class TrainerTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly TrainingPlan Plan = new(10, 2, null);

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-trainer-").FullName;

    private string CheckpointPath => Path.Combine(_folder, Trainer.CheckpointName);

    [Fact]
    public void A_training_run_killed_at_any_step_resumes_to_the_same_weights()
    {
        Libtorch.Require();
        using var whole = new TinyTraining(validate: ValidationAt);
        var expected = Run(whole, Plan, folder: Path.Combine(_folder, "whole"));

        for (var kill = 1; kill <= 10; kill++)
        {
            var folder = Path.Combine(_folder, $"{kill}");
            using var killed = new TinyTraining(validate: ValidationAt);
            Assert.Throws<TimeoutException>(() => Run(killed, Plan, p => _ = p.Step == kill ? throw new TimeoutException() : p, folder));
            using var resumed = new TinyTraining(validate: number => ValidationAt(number + ((kill - 1) / 2)));
            var result = Run(resumed, Plan, folder: folder);

            Assert.Equal(whole.Weights(), resumed.Weights());
            Assert.Equal(expected.Step, result.Step);
            Assert.Equal(expected.Curve.Select(p => p with { Seconds = 0 }), result.Curve.Select(p => p with { Seconds = 0 }));
        }
    }

    [Fact]
    public void An_interrupted_training_run_keeps_its_current_step()
    {
        Libtorch.Require();
        using var interrupt = new CancellationTokenSource();
        using var first = new TinyTraining();
        void InterruptAtStep3(TrainingProgress progress)
        {
            if (progress.Step == 3)
            {
                interrupt.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(() =>
            Run(first, Plan with { CheckpointEvery = 10 }, InterruptAtStep3, cancellation: interrupt.Token)
        );

        using var second = new TinyTraining();
        var steps = new List<int>();
        Run(second, Plan with { CheckpointEvery = 10 }, p => steps.Add(p.Step));

        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 10], steps);
        Assert.Equal(
            ["checkpoint.safetensors", "curve.csv", "curve.svg"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_best_network_is_selected_and_patience_ends_the_training()
    {
        Libtorch.Require();
        float[] best = [];
        TinyTraining? training = null;
        double[] errors = [0.5, 0.3, 0.3, 0.4, 0.2];
        training = new TinyTraining(validate: number =>
        {
            best = number == 2 ? training!.Weights() : best;
            return new Validation(1, errors[number - 1]);
        });

        var result = Run(training, Plan with { Patience = 2 });

        Assert.Equal((4, 8), (result.Step, result.Curve.Count));
        Assert.Equal(best, training.Weights());
        training.Dispose();
    }

    [Fact]
    public void A_lower_loss_is_better_if_errors_are_equal()
    {
        Assert.True(new Validation(1, 0.2).IsBetterThan(new Validation(2, 0.2)));
        Assert.True(new Validation(3, 0.1).IsBetterThan(new Validation(2, 0.2)));
        Assert.False(new Validation(2, 0.2).IsBetterThan(new Validation(2, 0.2)));
    }

    [Fact]
    public void A_finished_training_run_can_be_extended()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        using var extended = new TinyTraining();
        var steps = new List<int>();
        Run(extended, Plan with { Steps = 11 }, p => steps.Add(p.Step));

        Assert.Equal(11, steps.Distinct().Single(s => s > 10));
    }

    [Fact]
    public void A_checkpoint_of_a_different_training_run_is_rejected()
    {
        Libtorch.Require();
        using var first = new TinyTraining(rate: 0.5);
        Run(first, Plan);
        using var second = new TinyTraining(rate: 0.25);

        var fault = Assert.Throws<DatasetException>(() => Run(second, Plan));

        Assert.Equal(
            $"{CheckpointPath}: this checkpoint belongs to a different training run: rate is 0.5 in the checkpoint and 0.25 here; "
                + "use another --out, or delete the file to start over",
            fault.Message
        );
    }

    [Fact]
    public void Fewer_steps_than_in_the_checkpoint_are_rejected()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        using var second = new TinyTraining();

        var fault = Assert.Throws<BaselineException>(() => Run(second, Plan with { Steps = 9 }));

        Assert.Equal($"{CheckpointPath} is at step 10, past --steps 9; increase --steps, or use another --out", fault.Message);
    }

    [Fact]
    public void A_truncated_checkpoint_is_rejected()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        File.WriteAllBytes(CheckpointPath, File.ReadAllBytes(CheckpointPath)[..^100]);
        using var second = new TinyTraining();

        var fault = Assert.Throws<DatasetException>(() => Run(second, Plan));
        Assert.EndsWith("the file is truncated or damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_rejected()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        var content = File.ReadAllBytes(CheckpointPath);
        content[^1] ^= 0x40;
        File.WriteAllBytes(CheckpointPath, content);
        using var second = new TinyTraining();

        Assert.Equal(
            $"{CheckpointPath}: the file is damaged: its content differs from what was written; "
                + "copy it again, or delete it and train again",
            Assert.Throws<DatasetException>(() => Run(second, Plan)).Message
        );
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_reported_and_leaves_no_checkpoint()
    {
        Libtorch.Require();
        using var training = new TinyTraining(lossFactor: double.PositiveInfinity);

        var fault = Assert.Throws<BaselineException>(() => Run(training, Plan));

        Assert.False(File.Exists(CheckpointPath));
        Assert.Matches(
            @"^the loss at step \d+ is (NaN|-?Infinity): the training has diverged at learning rate 0\.01; "
                + "use a lower --learning-rate, or --preset small$",
            fault.Message
        );
    }

    [Fact]
    public void The_curve_is_written_as_table_and_picture()
    {
        Libtorch.Require();
        using var training = new TinyTraining(validate: ValidationAt);
        Run(training, Plan);

        var table = File.ReadAllLines(Path.Combine(_folder, "curve.csv"));
        Assert.Equal("step,loss,learning_rate,seconds,validation_loss,validation_error", table[0]);
        Assert.Equal(11, table.Length);
        Assert.EndsWith(",1,0.625", table[2], StringComparison.Ordinal);
        var picture = System.Xml.Linq.XDocument.Load(Path.Combine(_folder, "curve.svg"));
        Assert.Equal(3, picture.Descendants().Count(e => e.Name.LocalName == "polyline"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Improves until the fourth validation, then gets worse.</summary>
    private static Validation? ValidationAt(int number) => new(1, 0.25 + (0.125 * Math.Abs(number - 4)));

    private TrainingResult Run(
        TinyTraining training,
        TrainingPlan plan,
        Action<TrainingProgress>? report = null,
        string? folder = null,
        CancellationToken? cancellation = null
    )
    {
        var progress = new ProgressCallback(report ?? (_ => { }));
        return new Trainer(training, plan, folder ?? _folder, progress).Run(cancellation ?? Cancellation);
    }
}

using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Tests;

/// <summary>What a user meets when a training runs, stops, is killed and goes on.</summary>
public sealed class TrainerTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly TrainingPlan Plan = new(10, 2, null);

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-trainer-").FullName;

    private string CheckpointPath => Path.Combine(_folder, Trainer.CheckpointName);

    [Fact]
    public void Killed_at_any_step_it_comes_to_the_same_weights()
    {
        Libtorch.Require();
        using var whole = new TinyTraining(judge: Judge);
        var expected = Run(whole, Plan, folder: Path.Combine(_folder, "whole"));

        for (var kill = 1; kill <= 10; kill++)
        {
            var folder = Path.Combine(_folder, $"{kill}");
            using var killed = new TinyTraining(judge: Judge);
            Assert.Throws<TimeoutException>(() => Run(killed, Plan, p => _ = p.Step == kill ? throw new TimeoutException() : p, folder));
            using var resumed = new TinyTraining(judge: look => Judge(look + ((kill - 1) / 2)));
            var result = Run(resumed, Plan, folder: folder);

            Assert.Equal(whole.Weights(), resumed.Weights());
            Assert.Equal(expected.Step, result.Step);
            Assert.Equal(expected.Curve.Select(p => p with { Seconds = 0 }), result.Curve.Select(p => p with { Seconds = 0 }));
        }
    }

    [Fact]
    public void Interrupted_it_keeps_the_step_at_hand_and_leaves_no_half_file()
    {
        Libtorch.Require();
        using var interrupt = new CancellationTokenSource();
        using var first = new TinyTraining();
        Assert.Throws<OperationCanceledException>(() => Run(first, Plan with { CheckpointEvery = 10 }, p => { if (p.Step == 3) { interrupt.Cancel(); } }, cancellation: interrupt.Token));

        using var second = new TinyTraining();
        var steps = new List<int>();
        Run(second, Plan with { CheckpointEvery = 10 }, p => steps.Add(p.Step));

        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 10], steps);
        Assert.Equal(["checkpoint.safetensors", "curve.csv", "curve.svg"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_best_network_is_kept_and_patience_ends_the_training()
    {
        Libtorch.Require();
        float[] best = [];
        TinyTraining? training = null;
        double[] errors = [0.5, 0.3, 0.3, 0.4, 0.2];
        training = new TinyTraining(judge: look =>
        {
            best = look == 2 ? training!.Weights() : best;
            return new Validation(1, errors[look - 1]);
        });

        var result = Run(training, Plan with { Patience = 2 });

        Assert.Equal((4, 8), (result.Step, result.Curve.Count));
        Assert.Equal(best, training.Weights());
        training.Dispose();
    }

    [Fact]
    public void Of_equal_errors_the_lower_loss_is_better()
    {
        Assert.True(new Validation(1, 0.2).IsBetterThan(new Validation(2, 0.2)));
        Assert.True(new Validation(3, 0.1).IsBetterThan(new Validation(2, 0.2)));
        Assert.False(new Validation(2, 0.2).IsBetterThan(new Validation(2, 0.2)));
    }

    [Fact]
    public void A_finished_training_is_not_done_again_and_more_steps_go_on()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        using var again = new TinyTraining();
        var steps = new List<int>();
        Run(again, Plan with { Steps = 11 }, p => steps.Add(p.Step));

        Assert.Equal(11, steps.Distinct().Single(s => s > 10));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        Libtorch.Require();
        using var first = new TinyTraining(rate: 0.5);
        Run(first, Plan);
        using var second = new TinyTraining(rate: 0.25);

        var fault = Assert.Throws<DatasetException>(() => Run(second, Plan));

        Assert.Equal(
            $"{CheckpointPath}: this checkpoint is of another training: its rate is 0.5, this one's 0.25; give another --out, or delete the file to begin anew",
            fault.Message);
    }

    [Fact]
    public void Fewer_steps_than_the_checkpoint_has_are_refused()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        using var second = new TinyTraining();

        var fault = Assert.Throws<BaselineException>(() => Run(second, Plan with { Steps = 9 }));

        Assert.Equal($"{CheckpointPath} is at step 10, past --steps 9; give more steps, or another --out", fault.Message);
    }

    [Fact]
    public void A_truncated_checkpoint_is_refused()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        File.WriteAllBytes(CheckpointPath, File.ReadAllBytes(CheckpointPath)[..^100]);
        using var second = new TinyTraining();

        Assert.EndsWith("the file is truncated or damaged", Assert.Throws<DatasetException>(() => Run(second, Plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_rather_than_gone_on_from()
    {
        Libtorch.Require();
        using var first = new TinyTraining();
        Run(first, Plan);
        var content = File.ReadAllBytes(CheckpointPath);
        content[^1] ^= 0x40;
        File.WriteAllBytes(CheckpointPath, content);
        using var second = new TinyTraining();

        Assert.Equal(
            $"{CheckpointPath}: the file is damaged: its content is not what was written; copy it again, or delete it and train anew",
            Assert.Throws<DatasetException>(() => Run(second, Plan)).Message);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_told_with_its_step_and_leaves_no_checkpoint()
    {
        Libtorch.Require();
        using var training = new TinyTraining(lossFactor: double.PositiveInfinity);

        var fault = Assert.Throws<BaselineException>(() => Run(training, Plan));

        Assert.False(File.Exists(CheckpointPath));
        Assert.Matches(@"^the loss at step \d+ is (NaN|-?Infinity): the training has diverged at learning rate 0\.01; give a lower --learning-rate, or --preset small$", fault.Message);
    }

    [Fact]
    public void The_curve_is_a_table_and_a_picture()
    {
        Libtorch.Require();
        using var training = new TinyTraining(judge: Judge);
        Run(training, Plan);

        var table = File.ReadAllLines(Path.Combine(_folder, "curve.csv"));
        Assert.Equal("step,loss,learning_rate,seconds,validation_loss,validation_error", table[0]);
        Assert.Equal(11, table.Length);
        Assert.EndsWith(",1,0.625", table[2], StringComparison.Ordinal);
        var picture = System.Xml.Linq.XDocument.Load(Path.Combine(_folder, "curve.svg"));
        Assert.Equal(3, picture.Descendants().Count(e => e.Name.LocalName == "polyline"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Better until the fourth look, then worse.</summary>
    private static Validation? Judge(int look) => new(1, 0.25 + (0.125 * Math.Abs(look - 4)));

    private TrainingResult Run(TinyTraining training, TrainingPlan plan, Action<TrainingProgress>? told = null, string? folder = null, CancellationToken? cancellation = null) =>
        new Trainer(training, plan, folder ?? _folder, new Told(told ?? (_ => { }))).Run(cancellation ?? Cancellation);
}

using Coos.Evaluator.LabelErrors;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.LabelErrors;

public sealed class LabelCorrectionTests
{
    /// <summary>The same errors come from counting the changed labels anew, for random labels, predictions and doubts.</summary>
    [Fact]
    public void Scores_are_those_of_the_changed_labels()
    {
        const int Classes = 4;
        var random = new Random(17);
        for (var run = 0; run < 50; run++)
        {
            var images = random.Next(30, 200);
            ushort[] labels = [.. Enumerable.Range(0, images).Select(_ => (ushort)random.Next(Classes))];
            ushort[] predicted = [.. labels.Select(l => random.NextDouble() < 0.7 ? l : (ushort)random.Next(Classes))];
            (int Image, ushort Suggested)[] doubtful =
            [
                .. Enumerable.Range(0, images).Where(_ => random.NextDouble() < 0.1).Select(i => (i, (ushort)((labels[i] + 1) % Classes))),
            ];
            ushort[] relabelled = [.. labels];
            foreach (var (image, suggested) in doubtful)
            {
                relabelled[image] = suggested;
            }

            int[] kept = [.. Enumerable.Range(0, images).Except(doubtful.Select(d => d.Image))];

            var errors = new LabelCorrection(labels, doubtful, Classes).Score(predicted);

            Assert.Equal(Score(labels, predicted), errors.AsLabelled, 12);
            Assert.Equal(Score([.. kept.Select(i => labels[i])], [.. kept.Select(i => predicted[i])]), errors.Without, 12);
            Assert.Equal(Score(relabelled, predicted), errors.Relabelled, 12);
        }

        static double Score(ushort[] labels, ushort[] predicted) => ConfusionMatrix.Count(labels, predicted, Classes).BalancedError;
    }

    /// <summary>A class that loses its only image no longer counts in the mean; without any image there is no error.</summary>
    [Fact]
    public void Classes_that_lose_all_images_do_not_count()
    {
        var one = new LabelCorrection([0, 0, 1], [(2, 0)], 2).Score([0, 1, 0]);
        var all = new LabelCorrection([0, 1], [(0, 1), (1, 0)], 2).Score([0, 1]);

        Assert.Equal(new CorrectedErrors(0.75, 0.5, 1 - (2.0 / 3)), one);
        Assert.Equal((0.0, double.NaN, 1.0), (all.AsLabelled, all.Without, all.Relabelled));
    }

    [Fact]
    public void Without_doubts_nothing_changes()
    {
        var errors = new LabelCorrection([0, 0, 1, 1], [], 2).Score([0, 1, 1, 1]);

        Assert.Equal(new CorrectedErrors(0.25, 0.25, 0.25), errors);
    }
}

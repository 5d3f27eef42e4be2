using Coos.Evaluator.LabelErrors;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.LabelErrors;

public sealed class LabelEvidenceTests
{
    private static readonly ushort[] Labels = [0, 0, 0, 1, 1, 1];

    /// <summary>
    /// Two entries, the second with three times the weight and without probabilities. The image 2 has the mean probabilities
    /// (0.3 + 3 * 0) / 4 of its label and (0.7 + 3 * 1) / 4 of class 1.
    /// </summary>
    [Fact]
    public void Probabilities_and_votes_are_weighted_means()
    {
        var evidence = new LabelEvidence(Labels, 2);
        evidence.Add(
            0.25f,
            [0, 0, 1, 1, 1, 0],
            new ClassProbabilities((double[])[0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9, 0.2, 0.8, 0.8, 0.2], 2)
        );
        evidence.Add(0.75f, [0, 0, 1, 1, 1, 1], null);

        var error = Assert.Single(evidence.Find());

        Assert.Equal((2, 0, 1), (error.Image, error.Label, error.Suggested));
        Assert.Equal((0.075, 0.925), (error.LabelProbability, error.SuggestedProbability));
        Assert.Equal((1, 1), (error.WrongShare, error.SuggestedShare));
        Assert.True(error.IsUnanimous);
    }

    [Fact]
    public void The_surest_errors_come_first()
    {
        var evidence = new LabelEvidence(Labels, 2);
        evidence.Add(
            1,
            [0, 0, 1, 0, 1, 1],
            new ClassProbabilities((double[])[0.9, 0.1, 0.9, 0.1, 0.2, 0.8, 0.98, 0.02, 0.2, 0.8, 0.2, 0.8], 2)
        );

        Assert.Equal([3, 2], evidence.Find().Select(e => e.Image));
    }

    /// <summary>One entry of four disagrees, so three quarters of the votes are for the suggestion.</summary>
    [Fact]
    public void Entries_that_disagree_are_counted()
    {
        var evidence = new LabelEvidence(Labels, 3);
        for (var i = 0; i < 3; i++)
        {
            evidence.Add(1, [0, 0, 1, 1, 1, 1], null);
        }

        evidence.Add(1, [0, 0, 2, 2, 2, 2], null);

        var error = Assert.Single(evidence.Find());

        Assert.Equal((1, 0.75), (error.WrongShare, error.SuggestedShare));
        Assert.False(error.IsUnanimous);
    }

    [Fact]
    public void Without_entries_there_is_nothing_to_find() =>
        Assert.Throws<InvalidOperationException>(() => new LabelEvidence(Labels, 2).Find());

    [Fact]
    public void An_entry_of_other_images_is_rejected()
    {
        var evidence = new LabelEvidence(Labels, 2);

        Assert.Throws<ArgumentException>(() => evidence.Add(1, [0, 0, 1], null));
        Assert.Throws<ArgumentException>(() => evidence.Add(1, [0, 0, 1, 1, 1, 1], new ClassProbabilities((double[])[0.5, 0.5], 2)));
    }
}

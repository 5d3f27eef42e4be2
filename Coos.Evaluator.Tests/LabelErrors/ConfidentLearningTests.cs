using Coos.Evaluator.LabelErrors;

namespace Coos.Evaluator.Tests.LabelErrors;

public sealed class ConfidentLearningTests
{
    /// <summary>
    /// The thresholds are (0.9 + 0.6 + 0.3) / 3 = 0.6 and (0.7 + 0.7 + 0.4) / 3 = 0.6. The third image reaches that of class 1 with 0.7,
    /// the last that of class 0 with exactly 0.6.
    /// </summary>
    [Fact]
    public void An_image_that_reaches_the_threshold_of_another_class_is_found()
    {
        ushort[] labels = [0, 0, 0, 1, 1, 1];
        float[] probabilities = [0.9f, 0.1f, 0.6f, 0.4f, 0.3f, 0.7f, 0.3f, 0.7f, 0.3f, 0.7f, 0.6f, 0.4f];

        var found = ConfidentLearning.Find(labels, probabilities, 2);

        Assert.Equal([new SuspectedLabel(2, 1, 0.3f, 0.7f), new SuspectedLabel(5, 0, 0.4f, 0.6f)], found);
        Assert.Equal(0.4f, found[0].Margin, 6);
    }

    /// <summary>
    /// Entries are sure of class 0 and unsure of class 1, whose threshold is 0.5. An image labelled 0 with a probability of 0.55 for
    /// class 1 is found; one labelled 1 with 0.55 for class 0 is not, because class 0 takes 0.9.
    /// </summary>
    [Fact]
    public void Each_class_has_its_own_threshold()
    {
        ushort[] labels = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
        var probabilities = new List<float>();
        for (var i = 0; i < 9; i++)
        {
            probabilities.AddRange([0.95f, 0.05f]);
        }

        probabilities.AddRange([0.45f, 0.55f, 0.45f, 0.55f, 0.55f, 0.45f]);

        var found = ConfidentLearning.Find(labels, [.. probabilities], 2);

        Assert.Equal([9], found.Select(f => f.Image));
    }

    [Fact]
    public void Labels_that_entries_agree_with_are_not_found()
    {
        ushort[] labels = [0, 1, 2];
        float[] certain = [1, 0, 0, 0, 1, 0, 0, 0, 1];

        Assert.Empty(ConfidentLearning.Find(labels, certain, 3));
    }

    /// <summary>A class without images has no threshold, so no image is confidently of it.</summary>
    [Fact]
    public void A_class_without_images_is_never_suggested()
    {
        ushort[] labels = [0, 1];
        float[] probabilities = [0.1f, 0f, 0.9f, 0f, 0.1f, 0.9f];

        Assert.Empty(ConfidentLearning.Find(labels, probabilities, 3));
    }

    [Fact]
    public void Other_numbers_of_probabilities_are_rejected() =>
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Find([0, 1], [0.5f, 0.5f], 2));
}

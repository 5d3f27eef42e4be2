using Coos.Evaluator.Hardness;

namespace Coos.Evaluator.Tests.Hardness;

public sealed class ImageHardnessTests
{
    private static readonly ushort[] Labels = [0, 1, 2, 1];

    /// <summary>Three rows of one family are wrong where the only row of another is right: each family has half of the votes.</summary>
    [Fact]
    public void A_family_with_many_rows_does_not_outvote_another()
    {
        EntryVote[] votes =
        [
            new("texture", "Texture, kNN", [1, 1, 2, 1]),
            new("texture", "Texture, RF", [1, 1, 2, 1]),
            new("texture", "Texture, L1 LR", [1, 1, 2, 0]),
            new("deeploc", "DeepLoc", [0, 1, 0, 1]),
        ];

        var result = ImageHardness.Count(Labels, votes, 3);

        Assert.Equal([0.5, 0, 0.5, 0.166667], Enumerable.Range(0, 4).Select(result.GetWrongShare));
        Assert.Equal([0, 1, 0, 1], result.Predicted);
    }

    /// <summary>Methods of a family share its vote alike, and so do the runs of a method.</summary>
    [Fact]
    public void Runs_share_the_vote_of_their_method()
    {
        EntryVote[] votes =
        [
            new("vgg", "VGG, RF", [1, 1, 2, 1]),
            new("vgg", "vgg, rf", [0, 1, 2, 1]),
            new("VGG", "VGG, kNN", [0, 1, 2, 0]),
        ];

        var result = ImageHardness.Count(Labels, votes, 3);

        Assert.Equal([0.25, 0, 0, 0.5], Enumerable.Range(0, 4).Select(result.GetWrongShare));
    }

    [Fact]
    public void Images_beyond_one_block_are_counted()
    {
        var labels = Enumerable.Range(0, 5_000).Select(i => (ushort)(i % 7)).ToArray();
        var wrong = labels.Select((label, i) => i % 10 == 0 ? (ushort)((label + 1) % 7) : label).ToArray();

        var result = ImageHardness.Count(labels, [new("a", "a", wrong), new("b", "b", labels)], 7);

        Assert.All(Enumerable.Range(0, 5_000), i => Assert.Equal(i % 10 == 0 ? 0.5 : 0, result.GetWrongShare(i)));
    }

    [Fact]
    public void Without_votes_or_with_other_images_it_refuses()
    {
        Assert.Throws<ArgumentException>(() => ImageHardness.Count(Labels, [], 3));
        Assert.Throws<ArgumentException>(() => ImageHardness.Count(Labels, [new("a", "a", [0, 1])], 3));
    }
}

using Coos.Evaluator.Tests.Support;

namespace Coos.Evaluator.Tests.Labels;

/// <summary>Finds images by id.</summary>
public sealed class ImageIndexTests
{
    public static TheoryData<string[]> Ids =>
        new()
        {
            new[] { "0", "1", "2", "3" },
            new[] { "7" },
            new[] { "00", "0", "01", "1" },
            new[] { "cell", "0", "βeta", "a longer name than eight bytes", "a longer name than eight bytez" },
            Enumerable.Range(0, 5000).Select(i => $"{i * 3}").ToArray(),
            Enumerable.Range(0, 5000).Select(i => $"{i * 104729L}").ToArray(),
            Enumerable.Range(0, 5000).Select(i => $"plate-{i % 7}/well-{i % 97}/{i:000000}").ToArray(),
        };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_is_found_and_nothing_else(string[] ids)
    {
        var images = Sample.Images(ids);

        var positions = ids.Select(id => images.Find(Packed.Text(id))).ToArray();

        Assert.Equal(ids.Length, images.Count);
        Assert.Equal(Enumerable.Range(0, ids.Length), positions.Order());
        Assert.All(ids, (id, i) => Assert.Equal(id, images.Id(positions[i])));
        string[] others = ["", " ", "-1", "+1", "1.0", "4294967296", "99999999999999999999", "cel", "\0", "1 "];
        Assert.All(others, id => Assert.Equal(-1, images.Find(Packed.Text(id))));
    }

    [Fact]
    public void Positions_and_hash_do_not_depend_on_the_order_of_ids()
    {
        var one = Sample.Images("10", "9", "b", "a");
        var other = Sample.Images("a", "b", "10", "9");

        Assert.Equal(["9", "a", "b", "10"], Enumerable.Range(0, 4).Select(one.Id));
        Assert.Equal(one.ContentHash.ToArray(), other.ContentHash.ToArray());
        Assert.NotEqual(one.ContentHash.ToArray(), Sample.Images("10", "9", "ba").ContentHash.ToArray());
    }

    [Fact]
    public void A_duplicate_id_is_rejected() => Assert.Throws<ArgumentException>(() => Sample.Images("a", "b", "a"));
}

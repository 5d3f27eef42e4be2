using System.IO.Compression;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Tests;

/// <summary>The five sets follow the paper's design.</summary>
public sealed class DesignTests
{
    private static readonly SimulationParameters Parameters = new();
    private static readonly SimulatedSplit[] Splits =
    [
        .. Enumerable.Range(0, 5).Select(i => new SimulatedSplit(Parameters, i, SimulationParameters.DefaultSeed)),
    ];

    [Fact]
    public void The_default_sizes_are_a_tenth_of_COOS_7() => Assert.Equal([4146, 1036, 1702, 3260, 3077], Splits.Select(s => s.Count));

    [Fact]
    public void Only_training_and_test1_share_wells()
    {
        var wells = Splits.Select(s => s.Wells.ToHashSet()).ToArray();

        Assert.Equal(wells[0], wells[1]);
        Assert.Equal(wells.Skip(1).Sum(w => w.Count), wells.Skip(1).SelectMany(w => w).Distinct().Count());
    }

    [Fact]
    public void Test2_is_on_the_border_of_the_training_plates()
    {
        Assert.Equal(Splits[0].Plates.Distinct().Order(), Splits[2].Plates.Distinct().Order());
        Assert.All(Splits[2].Wells, well => Assert.True(IsBorder(well)));
        Assert.All(Splits[0].Wells, well => Assert.False(IsBorder(well)));
    }

    [Fact]
    public void Test3_and_test4_are_on_separate_plates_with_8_wells_per_class()
    {
        Assert.Equal([4L, 5L], Splits[3].Plates.Distinct().Order());
        Assert.Equal([6L], Splits[4].Plates.Distinct());
        Assert.All(Splits[4].Wells.Zip(Splits[4].Labels).Distinct().CountBy(w => w.Second), wells => Assert.Equal(8, wells.Value));
    }

    [Fact]
    public void Classes_are_about_equally_frequent()
    {
        foreach (var split in Splits)
        {
            Assert.All(split.Labels.CountBy(l => l), count => Assert.InRange(count.Value * 7.0 / split.Count, 0.8, 1.2));
        }
    }

    [Fact]
    public void The_committed_labels_equal_the_default_seed()
    {
        foreach (var split in Splits)
        {
            var path = Path.Combine(AppContext.BaseDirectory, "labels", split.Design.Name + ".csv.gz");
            using var file = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            var lines = file.ReadToEnd().TrimEnd().Split('\n').Skip(1);
            var expected = Enumerable
                .Range(0, split.Count)
                .Select(i => FormattableString.Invariant($"{i},{split.Labels[i]},{split.Plates[i]},{split.Wells[i]}"));
            Assert.Equal(expected, lines);
        }
    }

    private static bool IsBorder(long well)
    {
        var (row, column) = (well % 384 / 24, well % 24);
        return row is 0 or 15 || column is 0 or 23;
    }
}

using Coos.Models.Dials;

namespace Coos.Models.Tests.Dials;

public sealed class DialScaleTests
{
    [Fact]
    public void The_window_of_each_channel_is_from_the_1st_to_the_99_8th_percentile_of_all_images()
    {
        ushort[] rising = [.. Enumerable.Range(1, 1000).Select(i => (ushort)i)];
        ushort[] bright = [.. Enumerable.Range(1, 1000).Select(i => (ushort)(60_000 + i))];
        var (first, second) = (new DialScaleCounter(2), new DialScaleCounter(2));
        first.Add([.. rising[500..], .. bright[500..]]);
        second.Add([.. rising[..500], .. bright[..500]]);

        first.Add(second);
        var scale = first.ToScale();

        Assert.Equal(2, scale.Channels);
        Assert.Equal((10, 988), (scale.Low(0), scale.Width(0)));
        Assert.Equal((60_010, 988), (scale.Low(1), scale.Width(1)));
    }

    [Fact]
    public void A_channel_without_variation_has_a_window_of_one()
    {
        var counter = new DialScaleCounter(1);
        counter.Add(new ushort[64]);

        Assert.Equal((0, 1), (counter.ToScale().Low(0), counter.ToScale().Width(0)));
    }

    [Fact]
    public void Samples_that_are_not_whole_channels_are_rejected() =>
        Assert.Throws<ArgumentException>(() => new DialScaleCounter(3).Add(new ushort[64]));
}

using Coos.Models.Dials;
using Coos.Shared.Datasets;

namespace Coos.Models.Tests.Dials;

public sealed class ShiftDialTests
{
    [Fact]
    public void Every_dial_has_five_levels_from_none_upwards()
    {
        Assert.Equal(
            ["defocus", "photonNoise", "background", "gain", "illuminationGradient", "pixelSize", "rotation"],
            ShiftDials.All.Select(d => d.Name)
        );
        foreach (var dial in ShiftDials.All)
        {
            Assert.Equal(ShiftDials.LevelCount, dial.Levels.Count);
            Assert.Equal(Enumerable.Range(0, ShiftDials.LevelCount), dial.Levels.Select(l => l.Index));
            Assert.Equal(0, dial.Levels[0].Amount);
            Assert.Equal("none", dial.Levels[0].Text);
            Assert.Equal(dial.Levels.Select(l => l.Amount).Order(), dial.Levels.Select(l => l.Amount));
            Assert.Equal(ShiftDials.LevelCount, dial.Levels.Select(l => l.Amount).Distinct().Count());
            Assert.Same(dial, ShiftDials.Find(dial.Name));
        }

        Assert.Null(ShiftDials.Find("none"));
    }

    [Fact]
    public void An_amount_is_written_as_the_strength_that_it_stands_for()
    {
        foreach (var dial in ShiftDials.All.Where(d => d.IsOrdered))
        {
            Assert.All(dial.Levels.Skip(1), level => Assert.Equal(level.Strength!.Value, dial.FindStrength(level.Amount)!.Value, 1e-12));
        }

        Assert.Null(ShiftDials.PhotonNoise.FindStrength(0));
        Assert.Null(ShiftDials.Rotation.FindStrength(2));
    }

    [Fact]
    public void Square_images_have_one_run_without_change_and_four_per_dial()
    {
        var steps = ShiftDials.List(64, 64);

        Assert.Equal(1 + (4 * ShiftDials.All.Count), steps.Count);
        Assert.Same(ShiftDials.Unchanged, steps[0]);
        Assert.Equal(steps.Count, steps.Select(s => (s.Dial.Name, s.Level.Index)).Distinct().Count());
    }

    [Fact]
    public void Images_that_are_not_square_are_not_turned_onto_their_side()
    {
        var steps = ShiftDials.List(48, 64);

        Assert.Equal([2, 4], steps.Where(s => s.Dial == ShiftDials.Rotation).Select(s => s.Level.Index));
        var step = new DialStep(ShiftDials.Rotation, ShiftDials.Rotation.Levels[1]);
        Assert.Throws<ArgumentException>(() => ShiftDials.Create(step, DialScale.Of((0, 10)), new ImageShape(1, 1, 48, 64), 8));
    }

    [Fact]
    public void Images_smaller_than_8_pixels_have_no_dials() => Assert.Empty(ShiftDials.List(7, 64));

    [Theory]
    [MemberData(nameof(TestImages.Shapes), MemberType = typeof(TestImages))]
    public void Level_0_of_every_dial_copies_the_image(int channels, int height, int width, int bits)
    {
        var shape = new ImageShape(1, channels, height, width);
        var image = TestImages.Create(shape, bits);

        foreach (var dial in ShiftDials.All.Prepend(ShiftDials.Unchanged.Dial))
        {
            Assert.Equal(image, TestImages.Apply(dial, 0, image, shape, bits));
        }
    }

    [Theory]
    [MemberData(nameof(TestImages.Shapes), MemberType = typeof(TestImages))]
    public void Every_other_level_changes_images_of_every_shape_and_stays_in_their_range(int channels, int height, int width, int bits)
    {
        var shape = new ImageShape(1, channels, height, width);
        var image = TestImages.Create(shape, bits);

        foreach (var step in ShiftDials.List(height, width).Skip(1))
        {
            var changed = TestImages.Apply(step.Dial, step.Level.Index, image, shape, bits);
            Assert.NotEqual(image, changed);
            Assert.All(changed, value => Assert.InRange(value, 0, (1 << bits) - 1));
        }
    }

    [Theory]
    [MemberData(nameof(TestImages.Shapes), MemberType = typeof(TestImages))]
    public void A_stronger_level_changes_images_more(int channels, int height, int width, int bits)
    {
        var shape = new ImageShape(1, channels, height, width);
        var image = TestImages.Create(shape, bits);

        // The noise of 64 pixels varies too much from draw to draw.
        foreach (var dial in ShiftDials.All.Where(d => d.IsOrdered && (d != ShiftDials.PhotonNoise || image.Length > 64)))
        {
            var changes = dial
                .Levels.Select(l => TestImages.Apply(dial, l.Index, image, shape, bits))
                .Select(changed => image.Zip(changed, (a, b) => Math.Pow(a - b, 2)).Sum())
                .ToList();
            Assert.True(changes.Zip(changes.Skip(1)).All(c => c.First < c.Second), dial.Name);
        }
    }

    [Fact]
    public void The_same_image_at_the_same_position_gives_the_same_bytes_in_any_order()
    {
        var shape = new ImageShape(1, 2, 64, 64);
        var image = TestImages.Create(shape, 16);
        var scale = TestImages.ScaleOf(shape, image);
        foreach (var step in ShiftDials.List(64, 64))
        {
            var (first, again) = (new ushort[5][], new ushort[5][]);
            var change = ShiftDials.Create(step, scale, shape, 16);
            for (var i = 0; i < 5; i++)
            {
                change.Apply(image, first[i] = new ushort[image.Length], (uint)i);
            }

            var other = ShiftDials.Create(step, scale, shape, 16);
            Parallel.For(0, 5, i => other.Apply(image, again[4 - i] = new ushort[image.Length], (uint)(4 - i)));
            Assert.Equal(first, again);
        }
    }

    [Theory]
    [InlineData("photonNoise")]
    [InlineData("illuminationGradient")]
    public void Noise_and_direction_differ_between_images(string dial)
    {
        var shape = new ImageShape(1, 1, 16, 16);
        var image = TestImages.Create(shape, 16);

        Assert.NotEqual(
            TestImages.Apply(ShiftDials.Find(dial)!, 2, image, shape, 16, position: 1),
            TestImages.Apply(ShiftDials.Find(dial)!, 2, image, shape, 16, position: 2)
        );
    }

    [Fact]
    public void Images_of_another_shape_are_rejected()
    {
        var shape = new ImageShape(1, 1, 16, 16);
        var scale = DialScale.Of((0, 100));
        foreach (var step in ShiftDials.List(16, 16))
        {
            var change = ShiftDials.Create(step, scale, shape, 8);
            Assert.Throws<ArgumentException>(() => change.Apply(new ushort[255], new ushort[255], 0));
            Assert.Throws<ArgumentException>(() => change.Apply(new ushort[256], new ushort[255], 0));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftDials.Create(ShiftDials.Unchanged, scale, new ImageShape(1, 2, 16, 16), 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftDials.Create(ShiftDials.Unchanged, scale, shape, 32));
    }
}

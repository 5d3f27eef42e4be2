using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>A 60 x 60 part of an image, with flips and rotation.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="FlipRows">Whether it is flipped upside down.</param>
/// <param name="FlipColumns">Whether left and right are exchanged.</param>
/// <param name="QuarterTurns">The number of counter-clockwise quarter turns after the flips: 0, 1 or 2.</param>
internal readonly record struct DeepLocView(int Top, int Left, bool FlipRows = false, bool FlipColumns = false, int QuarterTurns = 0)
{
    private const int Last = DeepLocNetwork.Side - 1;

    /// <summary>
    /// Draws a view for training: offsets 0 .. 3 in images of 64 pixels, both flips with probability 1/2, and a rotation by 0, 90 or
    /// 180 degrees.
    /// </summary>
    public static DeepLocView Draw(ImageShape shape, KeyedRandom random) =>
        new(
            random.Index(Math.Max(1, shape.Height - DeepLocNetwork.Side)),
            random.Index(Math.Max(1, shape.Width - DeepLocNetwork.Side)),
            random.Index(2) == 1,
            random.Index(2) == 1,
            random.Index(3)
        );

    /// <summary>The central view.</summary>
    public static DeepLocView Centre(ImageShape shape) =>
        new((shape.Height - DeepLocNetwork.Side) / 2, (shape.Width - DeepLocNetwork.Side) / 2);

    /// <summary>The five views for testing: the centre and the corners.</summary>
    public static DeepLocView[] ForTest(ImageShape shape)
    {
        var (bottom, right) = (shape.Height - DeepLocNetwork.Side, shape.Width - DeepLocNetwork.Side);
        return [Centre(shape), new(0, 0), new(0, right), new(bottom, 0), new(bottom, right)];
    }

    /// <summary>Finds the source of a pixel of the view, within the cropped part.</summary>
    public (int Row, int Column) Source(int row, int column)
    {
        var (y, x) = QuarterTurns switch
        {
            1 => (column, Last - row),
            2 => (Last - row, Last - column),
            _ => (row, column),
        };
        return (FlipRows ? Last - y : y, FlipColumns ? Last - x : x);
    }
}

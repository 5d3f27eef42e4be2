namespace Coos.Models.Dials;

/// <summary>
/// The window of intensities of each channel of the reference split: from the 1st to the 99.8th percentile of all its samples. Dials
/// of intensity are in units of it, so that they mean the same for a camera of 16 bits and a picture of 8.
/// </summary>
public sealed class DialScale
{
    private readonly (int Low, int High)[] _channels;

    internal DialScale((int Low, int High)[] channels) => _channels = channels;

    /// <summary>The number of channels.</summary>
    public int Channels => _channels.Length;

    /// <summary>Creates a scale of known windows.</summary>
    /// <param name="channels">The lowest and highest intensity of the window of each channel.</param>
    public static DialScale Of(params ReadOnlySpan<(int Low, int High)> channels) => new(channels.ToArray());

    /// <summary>The low end of the window of a channel, which stands for the camera's value without light.</summary>
    public int Low(int channel) => _channels[channel].Low;

    /// <summary>The width of the window of a channel, at least 1.</summary>
    public int Width(int channel) => Math.Max(1, _channels[channel].High - _channels[channel].Low);
}

namespace Coos.Shared.Datasets.Pictures;

/// <summary>Maps the raw intensities of one image to 8 bits, within its own window, so that the structure is visible.</summary>
public static class ContrastStretch
{
    /// <summary>Stretches one channel of one image.</summary>
    /// <param name="samples">Raw finite intensities.</param>
    /// <returns>Values 0..255; all 0 if all samples are equal.</returns>
    public static byte[] ToBytes(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length];
        IntensityWindow.Of(samples.ToArray()).Map(samples, bytes);
        return bytes;
    }
}

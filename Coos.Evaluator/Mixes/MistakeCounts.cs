namespace Coos.Evaluator.Mixes;

/// <summary>
/// The mistakes of an entry on a split, by cluster: for each cell of <see cref="MixSplit"/>, how many of its images are predicted
/// as each wrong class. Only counts above 0 are kept.
/// </summary>
public sealed class MistakeCounts
{
    private readonly int[] _starts;
    private readonly ushort[] _predicted;
    private readonly int[] _counts;

    internal MistakeCounts(int[] starts, ushort[] predicted, int[] counts)
    {
        _starts = starts;
        _predicted = predicted;
        _counts = counts;
    }

    /// <summary>The memory that it takes, in bytes.</summary>
    public int Bytes => (_starts.Length * sizeof(int)) + (_predicted.Length * sizeof(ushort)) + (_counts.Length * sizeof(int)) + 100;

    /// <summary>The predicted wrong classes of a cell.</summary>
    internal ReadOnlySpan<ushort> Predicted(int cell) => _predicted.AsSpan(_starts[cell].._starts[cell + 1]);

    /// <summary>The numbers of images of the same predicted classes.</summary>
    internal ReadOnlySpan<int> Counts(int cell) => _counts.AsSpan(_starts[cell].._starts[cell + 1]);
}

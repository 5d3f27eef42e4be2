namespace Coos.Evaluator.Disclosures;

/// <summary>
/// The length in bits of the numbers that a participant is shown, each a whole number of steps from 0 to M - 1.
/// </summary>
/// <remarks>
/// <para>
/// The lengths are those of a prefix code given what the participant was shown before: Σ 2^-length over all values is at most 1
/// (Kraft's inequality; Cover and Thomas, "Elements of information theory", chapter 5). At most 2^B transcripts therefore have a
/// total length of at most B, and the mutual information of the labels and the transcript of a participant who stops at B is at
/// most B bits. Only the inequality is used, never the code words, so lengths need not be whole numbers.
/// </para>
/// <para>
/// A number that is shown for the first time has log2 M bits. If an answer has numbers that were shown before, one bit chooses their
/// code: either log2 M bits each, or -log2 Q(d) bits for each difference d to the last value, with Q(0) = 1/2 and
/// Q(d) = 1 / (4 |d| (|d| + 1)). The shorter one counts.
/// </para>
/// </remarks>
public sealed class AnswerCode
{
    private readonly double _uniform;

    /// <summary>Creates the code for numbers of M values.</summary>
    /// <param name="values">M, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">M is below 1.</exception>
    public AnswerCode(int values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values, 1);
        Values = values;
        _uniform = Math.Log2(values);
    }

    /// <summary>M, the number of values.</summary>
    public int Values { get; }

    /// <summary>Creates the code for errors, 0..1, that are rounded to a step.</summary>
    /// <param name="step">The step, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is outside its range, or not a number.</exception>
    public static AnswerCode ForStep(double step) =>
        step is > 0 and <= 1
            ? new AnswerCode(checked((int)Math.Ceiling((1 / step) - Steps.Slack)) + 1)
            : throw new ArgumentOutOfRangeException(nameof(step), step, "A step must be above 0 and at most 1.");

    /// <summary>Computes the length of an answer that has one number.</summary>
    /// <param name="value">The value, 0..M - 1.</param>
    /// <param name="last">The value that the same participant was shown last for the same number; null for the first time.</param>
    /// <returns>The length in bits; 0 if there is only one value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public double ComputeBits(int value, int? last) => ComputeBits([(value, last)]);

    /// <summary>Computes the length of an answer.</summary>
    /// <param name="numbers">
    /// The value of each number, 0..M - 1, and the value that the same participant was shown last for it; null for the first time.
    /// </param>
    /// <returns>The length in bits; 0 if there are no numbers or only one value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public double ComputeBits(IReadOnlyCollection<(int Value, int? Last)> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var (differences, repeated) = (0.0, 0);
        foreach (var (value, last) in numbers)
        {
            Check(value, nameof(numbers));
            if (last is { } previous)
            {
                Check(previous, nameof(numbers));
                var d = Math.Abs((long)value - previous);
                differences += d == 0 ? 1 : 2 + Math.Log2(d) + Math.Log2(d + 1);
                repeated++;
            }
        }

        return Math.Min(
            ComputeWorstCaseBits(numbers.Count - repeated, repeated),
            ((numbers.Count - repeated) * _uniform) + 1 + differences
        );
    }

    /// <summary>Computes an upper limit of the length of any answer.</summary>
    /// <param name="first">The number of numbers that are shown for the first time.</param>
    /// <param name="repeated">The number of numbers that were shown before.</param>
    public double ComputeWorstCaseBits(int first, int repeated) =>
        Values == 1 ? 0 : ((first + repeated) * _uniform) + (repeated > 0 ? 1 : 0);

    private void Check(int value, string name)
    {
        if (value < 0 || value >= Values)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The value must be 0 to {Values - 1}.");
        }
    }
}

namespace Coos.Evaluator.Disclosures;

/// <summary>
/// The length in bits of a number that a participant is shown: a whole number of steps from 0 to M - 1.
/// </summary>
/// <remarks>
/// <para>
/// The lengths are those of a prefix code given what the participant was shown before: Σ 2^-length over the M values is at most 1
/// (Kraft's inequality; Cover and Thomas, "Elements of information theory", chapter 5). At most 2^B transcripts therefore have a
/// total length of at most B, and the mutual information of the labels and the transcript of a participant who stops at B is at
/// most B bits. Only the inequality is used, never the code words, so lengths need not be whole numbers.
/// </para>
/// <para>
/// A number that is shown for the first time has log2 M bits. A number that was shown before has one bit that chooses the code,
/// then log2 M bits or, if less, -log2 Q(d) bits for the difference d to the last value: Q(0) = 1/2, Q(d) = 1 / (4 |d| (|d| + 1)).
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

    /// <summary>Computes the length of a value.</summary>
    /// <param name="value">The value, 0..M - 1.</param>
    /// <param name="last">The value that the same participant was shown last for the same number; null for the first time.</param>
    /// <returns>The length in bits; 0 if there is only one value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public double ComputeBits(int value, int? last)
    {
        Check(value, nameof(value));
        if (last is not { } previous)
        {
            return _uniform;
        }

        Check(previous, nameof(last));
        var d = Math.Abs((long)value - previous);
        var difference = d == 0 ? 1 : 2 + Math.Log2(d) + Math.Log2(d + 1);
        return Values == 1 ? 0 : 1 + Math.Min(_uniform, difference);
    }

    /// <summary>Computes an upper limit of the length of any value.</summary>
    /// <param name="hasLast">Whether the participant was shown the number before.</param>
    public double ComputeWorstCaseBits(bool hasLast) => Values == 1 ? 0 : _uniform + (hasLast ? 1 : 0);

    private void Check(int value, string name)
    {
        if (value < 0 || value >= Values)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The value must be 0 to {Values - 1}.");
        }
    }
}

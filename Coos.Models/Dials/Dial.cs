namespace Coos.Models.Dials;

/// <summary>One kind of controlled change of images, at several strengths. Labels do not change under any of them.</summary>
/// <param name="Name">The name in the API and the database, camelCase; it never changes.</param>
/// <param name="Title">The name on pages.</param>
/// <param name="Unit">The unit of the strengths, in words.</param>
/// <param name="Description">What the change does, in a sentence.</param>
/// <param name="Levels">The strengths, from none to the largest; the index of a level is its place.</param>
public sealed record Dial(string Name, string Title, string Unit, string Description, IReadOnlyList<DialLevel> Levels)
{
    /// <summary>
    /// Whether the levels grow in strength, so that values between two levels have a meaning. Rotations and flips do not grow.
    /// </summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>How an amount between two levels is written as a strength; null if the levels are not ordered.</summary>
    internal Func<double, double?>? StrengthOf { get; init; }

    /// <summary>Gets the strength of an amount between two levels, such as 0.7 pixels.</summary>
    /// <param name="amount">An amount as in <see cref="DialLevel.Amount"/>.</param>
    /// <returns>Null if no number describes it: without change, or for levels that are not ordered.</returns>
    public double? FindStrength(double amount) => StrengthOf?.Invoke(amount);
}

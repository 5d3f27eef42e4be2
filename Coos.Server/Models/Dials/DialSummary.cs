using Coos.Evaluator.Dials;
using Coos.Models.Dials;

namespace Coos.Server.Models.Dials;

/// <summary>States in words what dial scores show.</summary>
internal static class DialSummary
{
    /// <summary>Describes which dials cost five points, and which do not.</summary>
    public static string Describe(IReadOnlyList<DialCurve> curves)
    {
        var lost = curves.Where(c => c.FivePointLoss?.Position is not null).Select(c => $"{Lower(c)} at {c.FivePointLoss!.Text}").ToList();
        var worst = curves
            .Where(c => c.FivePointLoss is null && c.Levels.Any(IsLoss))
            .Select(c => $"{Lower(c)} ({c.Levels.Where(IsLoss).MaxBy(l => l.Change!.Difference)!.Text})");
        lost.AddRange(worst);
        var kept = curves.Where(c => c.FivePointLoss is { Position: null } || (c.FivePointLoss is null && !c.Levels.Any(IsLoss)));
        string[] sentences =
        [
            lost.Count == 0 ? "" : $"Loses five points of balanced error by {Join(lost)}.",
            kept.Any() ? $"Loses less than five points at every level of {Join([.. kept.Select(Lower)])}." : "",
        ];
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    /// <summary>Describes where five points are lost: "0.7 pixels (0.5 to 1.1)".</summary>
    public static string DescribeLoss(Dial dial, LossPoint loss)
    {
        if (loss.Amount is not { } amount)
        {
            return $"not lost up to {dial.Levels[^1].Text}";
        }

        var lower = loss.Lower is { } low ? dial.FindStrength(low) : null;
        var upper = loss.Upper is { } high ? dial.FindStrength(high) : null;
        return $"{Write(dial.FindStrength(amount))} {dial.Unit} ({Write(lower)} to {(upper is null ? "beyond" : Write(upper))})";
    }

    private static bool IsLoss(DialLevelScore level) => level.Change is { Difference: >= LossPoint.FivePoints };

    private static string Lower(DialCurve curve) => char.ToLowerInvariant(curve.Title[0]) + curve.Title[1..];

    private static string Join(List<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";

    private static string Write(double? value) =>
        value is { } number ? number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "none";
}

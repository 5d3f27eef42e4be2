using System.Globalization;
using Coos.Shared.Scores;

namespace Coos.Server.Consistencies;

/// <summary>States in words which entries make the same mistakes.</summary>
internal static class ConsistencySummary
{
    /// <summary>Describes a board with at least two compared entries.</summary>
    public static string Describe(ConsistencyDocument document)
    {
        var names = document.Entries.ToDictionary(e => e.Id, e => e.Method);
        return string.Join(' ', new[] { DescribePairs(document, names), DescribeEnsemble(document.Ensemble) }.Where(s => s.Length > 0));
    }

    private static string DescribePairs(ConsistencyDocument document, Dictionary<Guid, string> names)
    {
        if (document.MostAlike.Count == 0)
        {
            return "No pair has a kappa: all entries are right on all images, or all are wrong on all.";
        }

        var most = document.MostAlike[0];
        if (document.Entries.Count == 2)
        {
            return $"The kappa of {names[most.A]} and {names[most.B]} is {Format(most.Kappa)}.";
        }

        var least = document.LeastAlike.Count > 0 ? document.LeastAlike[0] : document.MostAlike[^1];
        return Format(least.Kappa) == Format(most.Kappa)
            ? $"All pairs have a kappa of {Format(most.Kappa)}."
            : $"{names[most.A]} and {names[most.B]} make the most similar mistakes (kappa {Format(most.Kappa)}), "
                + $"{names[least.A]} and {names[least.B]} the least similar ones ({Format(least.Kappa)}).";
    }

    private static string DescribeEnsemble(EnsembleOracle? ensemble) =>
        ensemble is null
            ? ""
            : $"At least one of the {Count(ensemble.Entries.Count)} entries with the highest accuracy is right on "
                + $"{Percent.Of(ensemble.Oracle)}% of the images; the best alone is right on {Percent.Of(ensemble.Best)}%.";

    private static string Count(int entries) =>
        entries switch
        {
            2 => "two",
            3 => "three",
            4 => "four",
            _ => "five",
        };

    private static string Format(double kappa) => Math.Round(kappa, 2).ToString("0.00;\u22120.00;0.00", CultureInfo.InvariantCulture);
}

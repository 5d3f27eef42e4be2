using Coos.Shared.Scores;

namespace Coos.Web.Submissions;

/// <summary>The bins of a reliability diagram, as its square has room for them.</summary>
internal static class ReliabilityBins
{
    /// <summary>The number of lines up to which each has all its bins.</summary>
    public const int FewLines = 5;

    /// <summary>The number of bins of a line among many.</summary>
    public const int FewBins = 5;

    /// <summary>Merges neighbouring bins. The means of a merged bin are those of all its images.</summary>
    /// <param name="bins">The bins in ascending order of confidence.</param>
    /// <param name="count">The maximum number of bins that remain.</param>
    public static IReadOnlyList<CalibrationBin> Merge(IReadOnlyList<CalibrationBin> bins, int count) =>
        bins.Count <= count
            ? bins
            :
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => bins.Take((bins.Count * i / count)..(bins.Count * (i + 1) / count)).ToList())
                    .Select(part => (Part: part, Images: part.Sum(b => b.Images)))
                    .Select(p => new CalibrationBin(
                        p.Images,
                        p.Part.Sum(b => b.Images * b.Confidence) / p.Images,
                        p.Part.Sum(b => b.Images * b.Accuracy) / p.Images
                    )),
            ];

    /// <summary>The lowest confidence or accuracy of some bins, rounded down to whole tenths, at most 0.9.</summary>
    public static double LowOf(IEnumerable<CalibrationBin> bins) =>
        Math.Min(9, Math.Floor(10 * bins.Select(b => Math.Min(b.Confidence, b.Accuracy)).DefaultIfEmpty(0).Min())) / 10;
}

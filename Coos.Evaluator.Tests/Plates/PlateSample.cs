using Coos.Evaluator.Plates;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;

namespace Coos.Evaluator.Tests.Plates;

/// <summary>Wells with given numbers of images and errors.</summary>
internal static class PlateSample
{
    /// <summary>Creates the counts of wells.</summary>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="plateWells">The number of wells of a plate; null for the smallest plate that holds them.</param>
    /// <param name="wells">The plate and name of each well, and its images and errors by class.</param>
    public static WellCounts Create(
        int classCount,
        int? plateWells,
        IReadOnlyList<(string Plate, string Name, int[] Images, int[] Errors)> wells
    )
    {
        var images = (
            from well in wells
            from k in Enumerable.Range(0, classCount)
            from i in Enumerable.Range(0, well.Images[k])
            select (well.Plate, well.Name, Actual: k, IsWrong: i < well.Errors[k])
        ).ToList();
        var labels = Sample
            .Labels([.. images.Select(i => i.Actual)])
            .With("plate", [.. images.Select(i => i.Plate)])
            .With("well", [.. images.Select(i => i.Name)]);
        ushort[] actual = [.. images.Select(i => (ushort)i.Actual)];
        ushort[] predicted = [.. images.Select(i => (ushort)(i.IsWrong ? i.Actual + 1 : i.Actual))];
        return WellCounts.Count(WellMap.Create(labels, new PlateScheme(plateWells, null, 1))!, actual, predicted, classCount);
    }

    /// <summary>Creates a plate of one class, whose wells have the same number of images.</summary>
    /// <param name="plateWells">The number of wells of the plate.</param>
    /// <param name="images">The images of each well.</param>
    /// <param name="errors">The errors of each position.</param>
    public static WellCounts CreateFull(int plateWells, int images, Func<WellPosition, int> errors)
    {
        var format = PlateFormat.Find(plateWells)!;
        return Create(
            1,
            plateWells,
            [
                .. Enumerable
                    .Range(0, format.Wells)
                    .Select(n => WellPosition.FromNumber(n, format, isByColumn: false))
                    .Select(p => ("1", p.Name, new[] { images }, new[] { errors(p) })),
            ]
        );
    }
}

namespace Coos.Evaluator.Plates;

/// <summary>The images and errors of each well, by class.</summary>
/// <param name="Map">The wells.</param>
/// <param name="ClassCount">K, the number of classes.</param>
/// <param name="Images">The images of each well by true class: the entry at well · K + class.</param>
/// <param name="Errors">How many of them are wrong, in the same order; a mean over entries need not be whole.</param>
public sealed record WellCounts(WellMap Map, int ClassCount, IReadOnlyList<int> Images, IReadOnlyList<double> Errors)
{
    /// <summary>Counts the images and errors of an entry.</summary>
    /// <param name="map">The wells of the images.</param>
    /// <param name="actual">True class indices.</param>
    /// <param name="predicted">Predicted class indices of the same images.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public static WellCounts Count(WellMap map, ReadOnlySpan<ushort> actual, ReadOnlySpan<ushort> predicted, int classCount)
    {
        ArgumentNullException.ThrowIfNull(map);
        var (images, errors) = (new int[map.Wells.Count * classCount], new double[map.Wells.Count * classCount]);
        for (var i = 0; i < actual.Length; i++)
        {
            if (map.WellOfImage[i] >= 0)
            {
                var cell = (map.WellOfImage[i] * classCount) + actual[i];
                images[cell]++;
                errors[cell] += actual[i] == predicted[i] ? 0 : 1;
            }
        }

        return new WellCounts(map, classCount, images, errors);
    }

    /// <summary>Adds the errors of another entry on the same images.</summary>
    /// <param name="other">The counts of the other entry.</param>
    public WellCounts Add(WellCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Errors = [.. Errors.Zip(other.Errors, (a, b) => a + b)] };
    }

    /// <summary>Divides the errors, to make a sum over entries their mean.</summary>
    /// <param name="entries">The number of entries, at least one.</param>
    public WellCounts Divide(int entries) => this with { Errors = [.. Errors.Select(e => e / entries)] };

    /// <summary>Keeps the images of one class; wells without one keep their place, with 0 images.</summary>
    /// <param name="classIndex">The class; null keeps all.</param>
    public WellCounts Select(int? classIndex) =>
        classIndex is not { } k
            ? this
            : this with
            {
                Images = [.. Images.Select((n, i) => i % ClassCount == k ? n : 0)],
                Errors = [.. Errors.Select((x, i) => i % ClassCount == k ? x : 0)],
            };

    /// <summary>The number of images of a well.</summary>
    /// <param name="well">The index of the well.</param>
    public int CountImages(int well) => Images.Skip(well * ClassCount).Take(ClassCount).Sum();

    /// <summary>The number of errors in a well.</summary>
    /// <param name="well">The index of the well.</param>
    public double CountErrors(int well) => Errors.Skip(well * ClassCount).Take(ClassCount).Sum();
}

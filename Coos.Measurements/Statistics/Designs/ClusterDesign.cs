using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>How the classes of a simulated split are distributed over its clusters.</summary>
internal enum ClusterStructure
{
    /// <summary>Each cluster holds one class, as wells of one stain do.</summary>
    One,

    /// <summary>Each cluster holds two classes.</summary>
    Some,

    /// <summary>Each cluster holds all classes, as plates do.</summary>
    All,
}

/// <summary>The images of a simulated split: their true classes and clusters.</summary>
/// <param name="Structure">How many classes a cluster holds.</param>
/// <param name="ClassCount">K, the number of classes.</param>
/// <param name="ClustersPerClass">The number of clusters that hold images of a class.</param>
/// <param name="AreUneven">Whether a cluster has 2 to 60 images of a class, with equal logarithmic steps, instead of 25.</param>
internal sealed record ClusterDesign(ClusterStructure Structure, int ClassCount, int ClustersPerClass, bool AreUneven)
{
    private const int Alike = 25;
    private const double Smallest = 2;
    private const double Largest = 60;

    /// <summary>Creates the labels.</summary>
    public (ushort[] Actual, Clusters Clusters) Create()
    {
        var (actual, ids, count) = (new List<ushort>(), new List<int>(), 0);
        foreach (var (classes, size) in List())
        {
            foreach (var k in classes)
            {
                actual.AddRange(Enumerable.Repeat((ushort)k, size));
                ids.AddRange(Enumerable.Repeat(count, size));
            }

            count++;
        }

        return ([.. actual], new Clusters("well", [.. ids], count));
    }

    private IEnumerable<(int[] Classes, int Size)> List()
    {
        var all = Enumerable.Range(0, ClassCount);
        return Structure switch
        {
            ClusterStructure.One => all.SelectMany(k => Sizes(ClustersPerClass).Select(size => (new[] { k }, size))),
            ClusterStructure.All => Sizes(ClustersPerClass).Select(size => (all.ToArray(), size)),
            _ => ListPairs(),
        };
    }

    /// <summary>Lists clusters of two classes: each class with its neighbours at growing distances, so that all are connected.</summary>
    private IEnumerable<(int[] Classes, int Size)> ListPairs()
    {
        var count = ClassCount * ClustersPerClass / 2;
        var sizes = Sizes(count).ToArray();
        var mix = new SplitMix(15);
        for (var i = count - 1; i > 0; i--)
        {
            var other = mix.Below(i + 1);
            (sizes[i], sizes[other]) = (sizes[other], sizes[i]);
        }

        for (var g = 0; g < count; g++)
        {
            var distance = 1 + (g / ClassCount % Math.Max(1, ClassCount / 2));
            yield return ([g % ClassCount, (g + distance) % ClassCount], sizes[g]);
        }
    }

    private IEnumerable<int> Sizes(int count) =>
        Enumerable
            .Range(0, count)
            .Select(i => AreUneven ? (int)Math.Round(Smallest * Math.Pow(Largest / Smallest, i / (count - 1.0))) : Alike);
}

namespace Coos.Evaluator.Statistics;

/// <summary>The images of one class in one cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Class">The class index.</param>
/// <param name="Images">The number of images, at least 1.</param>
internal readonly record struct ImageCell(int Cluster, int Class, int Images);

/// <summary>The division of a split's images into cells.</summary>
/// <param name="Cells">The cells with images, ordered by cluster, then by class.</param>
/// <param name="OfImage">The cell of each image.</param>
internal sealed record ImageCells(ImageCell[] Cells, int[] OfImage)
{
    /// <summary>Divides images, in time and memory by their number: most classes have no image in most clusters.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The cluster of each image, from 0.</param>
    /// <param name="clusterCount">The number of clusters.</param>
    public static ImageCells Divide(ReadOnlySpan<ushort> actual, int classCount, ReadOnlySpan<int> clusters, int clusterCount)
    {
        var (order, starts) = SortByCluster(clusters, clusterCount);
        var (counts, places) = (new int[classCount], new int[classCount]);
        var (cells, ofImage, present) = (new List<ImageCell>(), new int[actual.Length], new List<int>());
        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            var images = order.AsSpan(starts[cluster]..starts[cluster + 1]);
            foreach (var image in images)
            {
                if (counts[actual[image]]++ == 0)
                {
                    present.Add(actual[image]);
                }
            }

            present.Sort();
            foreach (var k in present)
            {
                places[k] = cells.Count;
                cells.Add(new ImageCell(cluster, k, counts[k]));
                counts[k] = 0;
            }

            foreach (var image in images)
            {
                ofImage[image] = places[actual[image]];
            }

            present.Clear();
        }

        return new ImageCells([.. cells], ofImage);
    }

    private static (int[] Order, int[] Starts) SortByCluster(ReadOnlySpan<int> clusters, int clusterCount)
    {
        var starts = new int[clusterCount + 1];
        foreach (var cluster in clusters)
        {
            starts[cluster + 1]++;
        }

        for (var cluster = 0; cluster < clusterCount; cluster++)
        {
            starts[cluster + 1] += starts[cluster];
        }

        var (order, next) = (new int[clusters.Length], starts.AsSpan(0, clusterCount).ToArray());
        for (var image = 0; image < clusters.Length; image++)
        {
            order[next[clusters[image]]++] = image;
        }

        return (order, starts);
    }
}

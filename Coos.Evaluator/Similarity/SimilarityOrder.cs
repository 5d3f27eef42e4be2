using Coos.Shared.Scores;

namespace Coos.Evaluator.Similarity;

/// <summary>
/// Orders classes so that those that are confused with each other are neighbours: single-linkage clusters of the confusions, which are
/// the edges of a maximum spanning forest (Gower and Ross, "Minimum spanning trees and single linkage cluster analysis", Applied
/// Statistics 18, 1969). Time and memory grow with the cells that have images, not with K squared.
/// </summary>
public static class SimilarityOrder
{
    /// <summary>Sorts classes.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <returns>
    /// The class indices. Clusters come in the order of their first class; classes that are confused with no other keep their place
    /// among them.
    /// </returns>
    public static IReadOnlyList<int> Sort(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var clusters = new List<int>[matrix.ClassCount];
        for (var k = 0; k < clusters.Length; k++)
        {
            clusters[k] = [k];
        }

        foreach (var (first, second, _) in ListEdges(matrix))
        {
            Join(clusters, first, second);
        }

        return [.. clusters.Distinct().OrderBy(c => c.Min()).SelectMany(c => c)];
    }

    /// <summary>
    /// The pairs of classes that are confused, the most similar first. The similarity is the share of the one that is taken for the other,
    /// and the reverse.
    /// </summary>
    private static IEnumerable<(int First, int Second, double Similarity)> ListEdges(ConfusionMatrix matrix)
    {
        var similarities = new Dictionary<(int First, int Second), double>();
        foreach (var (actual, predicted, images) in matrix.Cells)
        {
            if (actual != predicted)
            {
                var pair = (Math.Min(actual, predicted), Math.Max(actual, predicted));
                var share = (double)images / matrix.ClassImages(actual);
                similarities[pair] = similarities.GetValueOrDefault(pair) + share;
            }
        }

        return similarities
            .Select(s => (s.Key.First, s.Key.Second, s.Value))
            .OrderByDescending(e => e.Value)
            .ThenBy(e => e.First)
            .ThenBy(e => e.Second);
    }

    /// <summary>
    /// Joins the clusters of two classes: the smaller is appended to the larger, reversed if that brings the two classes closer.
    /// </summary>
    private static void Join(List<int>[] clusters, int first, int second)
    {
        var (large, small) = clusters[first].Count >= clusters[second].Count ? (first, second) : (second, first);
        var (kept, moved) = (clusters[large], clusters[small]);
        if (ReferenceEquals(kept, moved))
        {
            return;
        }

        if (moved.IndexOf(small) > moved.Count / 2)
        {
            moved.Reverse();
        }

        kept.AddRange(moved);
        foreach (var k in moved)
        {
            clusters[k] = kept;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Disclosures;

/// <summary>
/// Draws the sealed part of a split with a secret key. Clusters are sealed as a whole: images of one well are alike, so the label
/// of one would reveal those of the others.
/// </summary>
/// <remarks>
/// Strata are the sets of classes that clusters hold. A set with only one cluster is pooled with the others of that kind. In each
/// stratum the clusters with the smallest HMAC-SHA256 of their name are sealed: round(share x clusters), at most all but one. If
/// that would seal every cluster of a class, its last one stays public. The HMAC does not depend on classes or on the order of a
/// file, so a corrected label hardly moves images between the parts, and a larger share seals more clusters without unsealing any.
/// </remarks>
public static class SealedPart
{
    /// <summary>Divides a split into its public and its sealed part.</summary>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="benchmark">The benchmark's slug.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <param name="share">The share of clusters to seal, at least 0 and below 1.</param>
    /// <param name="key">The secret key. Without it, the parts cannot be predicted.</param>
    public static SplitParts Divide(SplitLabels labels, string benchmark, string split, string? cluster, double share, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(key);
        if (share is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is at least 0 and below 1.");
        }

        if (share == 0)
        {
            return SplitParts.Undivided(labels);
        }

        var isSealed = Draw(labels, [benchmark, split], cluster, share, key);
        return isSealed.Contains(true)
            ? new SplitParts(Select(labels, isSealed, false), Select(labels, isSealed, true)) { IsSealing = true }
            : SplitParts.Undivided(labels) with
            {
                IsSealing = true,
            };
    }

    /// <summary>Draws the sealed clusters.</summary>
    /// <returns>For each image, whether it is sealed.</returns>
    private static bool[] Draw(SplitLabels labels, string[] place, string? cluster, double share, byte[] key)
    {
        var clusters = Clusters.From(labels, cluster);
        var ids = clusters?.Ids ?? [.. Enumerable.Range(0, labels.Classes.Length)];
        var units = ListUnits(labels, ids, clusters, place, key);
        var groups = units.GroupBy(u => u.Classes).ToList();
        var strata = groups.Where(g => g.Count() > 1).Append(groups.Where(g => g.Count() == 1).SelectMany(g => g));
        var chosen = strata.SelectMany(stratum => Choose([.. stratum], share)).Select(u => u.Id).ToHashSet();
        foreach (var label in labels.Classes.Distinct().Order())
        {
            var own = units.Where(u => u.Classes.Contains((char)label)).ToList();
            if (own.All(u => chosen.Contains(u.Id)))
            {
                chosen.Remove(own.MaxBy(u => u.Order, ByteOrder.Instance)!.Id);
            }
        }

        return [.. ids.Select(chosen.Contains)];
    }

    /// <summary>Chooses the clusters of a stratum to seal; at least one is not chosen.</summary>
    private static IEnumerable<Unit> Choose(List<Unit> stratum, double share)
    {
        // Shares such as 0.3 x 5 = 1.5 must not be rounded down because of the rounding of doubles.
        var count = Math.Min((int)Math.Floor((share * stratum.Count) + 0.5 + Steps.Slack), stratum.Count - 1);
        return stratum.OrderBy(u => u.Order, ByteOrder.Instance).Take(count);
    }

    /// <summary>Lists the clusters of a split, or its images if no cluster is named.</summary>
    private static List<Unit> ListUnits(SplitLabels labels, int[] ids, Clusters? clusters, string[] place, byte[] key)
    {
        var (first, classes) = (new Dictionary<int, int>(), new Dictionary<int, SortedSet<char>>());
        for (var i = 0; i < ids.Length; i++)
        {
            first.TryAdd(ids[i], i);
            classes.TryAdd(ids[i], []);
            classes[ids[i]].Add((char)labels.Classes[i]);
        }

        return
        [
            .. first.Select(f => new Unit(
                f.Key,
                string.Concat(classes[f.Key]),
                ComputeOrder(key, [.. place, .. NameOf(labels, clusters, f.Value)])
            )),
        ];
    }

    private static string[] NameOf(SplitLabels labels, Clusters? clusters, int image) =>
        clusters?.Kind switch
        {
            null => ["image", labels.Images.Id(image)],
            MetadataColumn.Well => [MetadataColumn.Well, labels.Plates?[image] ?? "", labels.Wells![image]],
            { } column => [column, labels.Find(column)![image]],
        };

    /// <summary>Computes the HMAC of a name. Each part follows its length, so that different names never give the same text.</summary>
    private static byte[] ComputeOrder(byte[] key, string[] name)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in name)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return hash.GetHashAndReset();
    }

    private static SplitPart Select(SplitLabels labels, bool[] isSealed, bool value)
    {
        int[] positions = [.. Enumerable.Range(0, isSealed.Length).Where(i => isSealed[i] == value)];
        var rows = new LabelRows([.. labels.Columns.Select(c => c.Name)]);
        foreach (var i in positions)
        {
            rows.TryAdd(labels.Images.Id(i), labels.Classes[i], [.. labels.Columns.Select(c => c.Values[i])]);
        }

        // Positions are ascending in the canonical order of ids, which is also the order of the part.
        return new SplitPart(rows.ToLabels(), positions);
    }

    /// <summary>A cluster, or an image if no cluster is named.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="Classes">The classes of its images, one character each, ascending.</param>
    /// <param name="Order">Its place in the draw.</param>
    private sealed record Unit(int Id, string Classes, byte[] Order);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

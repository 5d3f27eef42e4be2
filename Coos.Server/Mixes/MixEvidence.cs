using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Mixes;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>
/// Reads the mistakes of entries by cluster, and keeps them in memory: predictions are read from the database once, and every mix is
/// then computed from counts. One request at a time uses it.
/// </summary>
internal sealed class MixEvidence(EvidenceReader reader, LabelStore labels)
{
    /// <summary>The memory for counts, in bytes. An entry of COOS-7's size takes some 10 KB per split.</summary>
    public const long MaximumBytes = 128L << 20;

    private readonly Dictionary<(string Benchmark, string Split), SplitEvidence> _splits = [];
    private long _uses;

    /// <summary>The memory in use, in bytes.</summary>
    public long Bytes => _splits.Values.Sum(s => s.Bytes);

    /// <summary>Gets the layout of the current labels of a split, in the part that is scored; null without labels.</summary>
    public (MixSplit Split, Guid Version)? FindSplit(Benchmark benchmark, string split)
    {
        if (!labels.TryGet(benchmark.Slug, split, out var active))
        {
            return null;
        }

        var key = (benchmark.Slug, split);
        var part = active.Parts.Get(benchmark.ScoredPart);
        if (!_splits.TryGetValue(key, out var known) || known.Version != active.VersionId || known.LabelsHash != part.Labels.Hash)
        {
            var layout = MixSplit.Create(part.Labels, benchmark.Classes.Count, benchmark.Cluster);
            _splits[key] = known = new SplitEvidence(active.VersionId, part, layout);
        }

        known.LastUse = ++_uses;
        return (known.Split, known.Version);
    }

    /// <summary>Reads the counts of entries that were scored with the current labels; a deleted entry is left out.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="splits">Splits for which <see cref="FindSplit"/> has just returned a layout.</param>
    /// <param name="submissions">The entries.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The counts of each entry, in the order of the splits.</returns>
    public async Task<Dictionary<Guid, MistakeCounts[]>> ReadAsync(
        Benchmark benchmark,
        IReadOnlyList<string> splits,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    )
    {
        SplitEvidence[] evidence = [.. splits.Select(s => _splits[(benchmark.Slug, s)])];
        foreach (var split in evidence)
        {
            split.Keep(submissions);
        }

        var known = submissions.Where(id => evidence.All(e => e.Counts.ContainsKey(id))).ToHashSet();
        var result = known.ToDictionary(id => id, id => evidence.Select(e => e.Counts[id]).ToArray());
        var read = await reader.ReadAsync(
            splits,
            [.. submissions.Where(id => !known.Contains(id))],
            predicted => evidence.Select((e, i) => e.Count(predicted[i])).ToArray(),
            cancellation
        );
        foreach (var (id, counts) in read)
        {
            result.Add(id, counts);
            for (var i = 0; i < evidence.Length; i++)
            {
                Remember(evidence, evidence[i], id, counts[i]);
            }
        }

        return result;
    }

    /// <summary>Keeps counts if there is room, after the splits that were not used for longest are dropped.</summary>
    private void Remember(SplitEvidence[] current, SplitEvidence evidence, Guid id, MistakeCounts counts)
    {
        var total = Bytes;
        while (total + counts.Bytes > MaximumBytes)
        {
            if (
                _splits.Where(s => !current.Contains(s.Value)).OrderBy(s => s.Value.LastUse).Select(s => s.Key).ToList()
                is not [var oldest, ..]
            )
            {
                return;
            }

            total -= _splits[oldest].Bytes;
            _splits.Remove(oldest);
        }

        evidence.Add(id, counts);
    }

    /// <summary>The counts of a split's entries.</summary>
    private sealed class SplitEvidence(Guid version, SplitPart part, MixSplit split)
    {
        public Guid Version { get; } = version;

        public string LabelsHash { get; } = part.Labels.Hash;

        public MixSplit Split { get; } = split;

        public long LastUse { get; set; }

        public long Bytes { get; private set; }

        public Dictionary<Guid, MistakeCounts> Counts { get; } = [];

        /// <summary>Counts the mistakes of predictions of the whole split.</summary>
        public MistakeCounts Count(ushort[] predicted) => Split.Count(part.Select(predicted));

        public void Add(Guid id, MistakeCounts counts)
        {
            if (Counts.TryAdd(id, counts))
            {
                Bytes += counts.Bytes;
            }
        }

        /// <summary>Drops the entries that are no longer on the board.</summary>
        public void Keep(IReadOnlyList<Guid> submissions)
        {
            if (Counts.Count <= submissions.Count)
            {
                return;
            }

            var wanted = submissions.ToHashSet();
            foreach (var id in Counts.Keys.Where(id => !wanted.Contains(id)).ToList())
            {
                Bytes -= Counts[id].Bytes;
                Counts.Remove(id);
            }
        }
    }
}

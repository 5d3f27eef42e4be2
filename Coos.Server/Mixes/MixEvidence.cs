using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Mixes;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Mixes;

/// <summary>
/// Reads the mistakes of entries by cluster, and keeps them in memory: predictions are read from the database once, and every mix is
/// then computed from counts. One request at a time uses it.
/// </summary>
internal sealed class MixEvidence(IDbContextFactory<CoosDbContext> databases, LabelStore labels)
{
    /// <summary>The memory for counts, in bytes. An entry of COOS-7's size takes some 10 KB per split.</summary>
    public const long MaximumBytes = 128L << 20;

    /// <summary>The number of submissions whose predictions are read at a time; 50 with 65,000 images each take 3 MB.</summary>
    private const int Batch = 50;

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
            _splits[key] = known = new SplitEvidence(active, part, layout);
        }

        known.LastUse = ++_uses;
        return (known.Split, known.Version);
    }

    /// <summary>Reads the counts of entries, one entry at a time; an entry without matching predictions is left out.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="splits">Splits for which <see cref="FindSplit"/> has just returned a layout.</param>
    /// <param name="submissions">The entries.</param>
    /// <param name="use">Receives an entry's counts, in the order of the splits.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task ReadAsync(
        Benchmark benchmark,
        IReadOnlyList<string> splits,
        IReadOnlyList<Guid> submissions,
        Action<Guid, IReadOnlyList<MistakeCounts>> use,
        CancellationToken cancellation
    )
    {
        SplitEvidence[] evidence = [.. splits.Select(s => _splits[(benchmark.Slug, s)])];
        foreach (var known in evidence)
        {
            known.Keep(submissions);
        }

        var missing = new List<Guid>();
        foreach (var id in submissions)
        {
            if (evidence.All(e => e.Counts.ContainsKey(id)))
            {
                use(id, [.. evidence.Select(e => e.Counts[id])]);
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var batch in missing.Chunk(Batch))
        {
            var files = await database
                .PredictionFiles.Where(f => batch.Contains(f.SubmissionId) && splits.Contains(f.Split))
                .Select(f => new
                {
                    f.SubmissionId,
                    f.Split,
                    f.Classes,
                    f.ImagesHash,
                })
                .ToListAsync(cancellation);
            foreach (var own in files.GroupBy(f => f.SubmissionId))
            {
                var counts = evidence
                    .Select((e, i) => (Evidence: e, File: own.FirstOrDefault(f => f.Split == splits[i])))
                    .Where(e => e.File is not null && e.Evidence.Matches(e.File.ImagesHash))
                    .Select(e => (e.Evidence, Counts: e.Evidence.Count(e.File!.Classes)))
                    .ToList();
                if (counts.Count == evidence.Length)
                {
                    use(own.Key, [.. counts.Select(c => c.Counts)]);
                    counts.ForEach(c => Remember(evidence, c.Evidence, own.Key, c.Counts));
                }
            }
        }
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
    private sealed class SplitEvidence(ActiveLabels active, SplitPart part, MixSplit split)
    {
        private readonly Dictionary<Guid, MistakeCounts> _counts = [];

        public Guid Version { get; } = active.VersionId;

        public string LabelsHash { get; } = part.Labels.Hash;

        public MixSplit Split { get; } = split;

        public long LastUse { get; set; }

        public long Bytes { get; private set; }

        public Dictionary<Guid, MistakeCounts> Counts => _counts;

        /// <summary>Whether predictions are of the images of the labels.</summary>
        public bool Matches(byte[] imagesHash) => active.Labels.Images.ContentHash.SequenceEqual(imagesHash);

        /// <summary>Counts the mistakes of predictions of the whole split.</summary>
        public MistakeCounts Count(byte[] predicted) => Split.Count(part.Select(predicted));

        public void Add(Guid id, MistakeCounts counts)
        {
            if (_counts.TryAdd(id, counts))
            {
                Bytes += counts.Bytes;
            }
        }

        /// <summary>Drops the entries that are no longer on the board.</summary>
        public void Keep(IReadOnlyList<Guid> submissions)
        {
            if (_counts.Count <= submissions.Count)
            {
                return;
            }

            var wanted = submissions.ToHashSet();
            foreach (var id in _counts.Keys.Where(id => !wanted.Contains(id)).ToList())
            {
                Bytes -= _counts[id].Bytes;
                _counts.Remove(id);
            }
        }
    }
}

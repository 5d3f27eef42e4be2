using Coos.Evaluator.Hardness;
using Coos.Evaluator.LabelErrors;
using Coos.Evaluator.Statistics;
using Coos.Measurements.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Measurements.LabelErrors;

/// <summary>The labels of a split, and the predictions of the bundled baselines for it.</summary>
internal sealed class SplitEntries
{
    private readonly ushort[] _mostConfused;

    private SplitEntries(ushort[] labels, IReadOnlyList<(EntryVote Vote, double[] Probabilities)> entries, int classes)
    {
        Labels = labels;
        Entries = entries;
        var best = entries.MinBy(e => ConfusionMatrix.Count(labels, e.Vote.Classes, classes).BalancedError);
        Best = [.. best.Probabilities.Select(p => (float)p)];
        var weights = VoteWeights.Of([.. entries.Select(e => e.Vote)]);
        Means = new float[labels.Length * classes];
        foreach (var (e, entry) in entries.Index())
        {
            for (var i = 0; i < Means.Length; i++)
            {
                Means[i] += weights[e] * (float)entry.Probabilities[i];
            }
        }

        double[][] confused = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];
        for (var i = 0; i < Means.Length; i++)
        {
            confused[labels[i / classes]][i % classes] += Means[i];
        }

        _mostConfused =
        [
            .. Enumerable
                .Range(0, classes)
                .Select(k => (ushort)Enumerable.Range(0, classes).Where(other => other != k).MaxBy(other => confused[k][other])),
        ];
    }

    /// <summary>The class of each image.</summary>
    public ushort[] Labels { get; }

    /// <summary>The entries with their probabilities.</summary>
    public IReadOnlyList<(EntryVote Vote, double[] Probabilities)> Entries { get; }

    /// <summary>The weighted mean of the entries' probabilities.</summary>
    public float[] Means { get; }

    /// <summary>The probabilities of the entry with the smallest balanced error.</summary>
    public float[] Best { get; }

    /// <summary>Reads a split and the folders in <c>baselines</c>, whose names begin with their family.</summary>
    public static SplitEntries Read(BenchmarkFolder folder, string split)
    {
        var reader = new PredictionFolders(folder);
        var entries = Directory
            .GetDirectories(Path.Combine(folder.Path, "baselines"))
            .Order(StringComparer.Ordinal)
            .Select(path =>
            {
                var name = Path.GetFileName(path);
                var predictions = reader.ReadPredictions(path, split);
                var probabilities = predictions.Probabilities?.ToArray() ?? throw new InvalidDataException($"{path} has no probabilities.");
                return (new EntryVote(name.Split('-')[0], name.Split("-seed")[0], predictions.Classes), probabilities);
            });
        return new SplitEntries(reader.ReadLabels(split).Classes, [.. entries], folder.Benchmark.Classes.Count);
    }

    /// <summary>Flips a share of the labels, chosen at random.</summary>
    public ushort[] Flip(double rate, bool isUniform, int classes, ref SplitMix mix)
    {
        ushort[] flipped = [.. Labels];
        int[] order = [.. Enumerable.Range(0, Labels.Length)];
        for (var n = 0; n < Math.Round(rate * Labels.Length); n++)
        {
            var pick = n + mix.Below(order.Length - n);
            (order[n], order[pick]) = (order[pick], order[n]);
            var image = order[n];
            flipped[image] = isUniform ? (ushort)((Labels[image] + 1 + mix.Below(classes - 1)) % classes) : _mostConfused[Labels[image]];
        }

        return flipped;
    }

    /// <summary>Gathers what the entries say of labels.</summary>
    public LabelEvidence Weigh(ushort[] labels, int classes)
    {
        var evidence = new LabelEvidence(labels, classes);
        var weights = VoteWeights.Of([.. Entries.Select(e => e.Vote)]);
        foreach (var (e, entry) in Entries.Index())
        {
            evidence.Add(weights[e], entry.Vote.Classes, new ClassProbabilities(entry.Probabilities, classes));
        }

        return evidence;
    }
}

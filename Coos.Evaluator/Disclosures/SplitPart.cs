using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Disclosures;

/// <summary>A part of the images of a split, and their labels.</summary>
/// <param name="Labels">The labels of the part.</param>
/// <param name="Positions">The positions of its images in the split, ascending; null if it is the whole split.</param>
public sealed record SplitPart(SplitLabels Labels, IReadOnlyList<int>? Positions)
{
    /// <summary>Selects the predictions of the part.</summary>
    /// <param name="predicted">One class per image of the split.</param>
    public ushort[] Select(ushort[] predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        return Positions is null ? predicted : [.. Positions.Select(i => predicted[i])];
    }

    /// <summary>Selects the predictions of the part.</summary>
    /// <param name="predictions">The predictions of the split.</param>
    public PredictionSet Select(PredictionSet predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return Positions is null ? predictions : predictions.Select(Positions);
    }
}

/// <summary>The two parts of a split.</summary>
/// <param name="Public">The part that scores are of while the benchmark runs.</param>
/// <param name="Sealed">The part that is scored for everyone at the close; null if no label is sealed.</param>
public sealed record SplitParts(SplitPart Public, SplitPart? Sealed)
{
    /// <summary>Whether the benchmark has a sealed part, even if no label of this split is sealed.</summary>
    public bool IsSealing { get; init; }

    /// <summary>What is computed from the labels besides the balanced error: <see cref="ScorePlan.Key"/>.</summary>
    public string Plan { get; init; } = "";

    /// <summary>The parts of a split without sealed labels.</summary>
    public static SplitParts Undivided(SplitLabels labels) => new(new SplitPart(labels, null), null);

    /// <summary>
    /// Identifies the labels of the split, their division and the plan: the hash of the labels, or the hashes of both parts, and
    /// <see cref="Plan"/>. Scores with another text are outdated.
    /// </summary>
    public string Hash
    {
        get
        {
            var parts = IsSealing ? $"{Public.Labels.Hash} {Sealed?.Labels.Hash ?? "none"}" : Public.Labels.Hash;
            return Plan.Length == 0 ? parts : $"{parts} {Plan}";
        }
    }

    /// <summary>The part that scores are of; the whole split if none of its labels are sealed.</summary>
    public SplitPart Get(LabelPart part) => part == LabelPart.Sealed && Sealed is not null ? Sealed : Public;
}

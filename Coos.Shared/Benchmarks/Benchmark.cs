using System.Text.Json.Serialization;
using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>A benchmark's manifest, <c>benchmark.json</c>, with its defaults filled in.</summary>
public sealed record Benchmark
{
    /// <summary>The name in paths and the API.</summary>
    public required string Slug { get; init; }

    /// <summary>The name on pages.</summary>
    public required string Name { get; init; }

    /// <summary>The question it asks, used as its heading; empty if not specified.</summary>
    public string Question { get; init; } = "";

    /// <summary>What it tests, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>More about it, in Markdown.</summary>
    public string Description { get; init; } = "";

    /// <summary>How to cite it, in BibTeX.</summary>
    public string Citation { get; init; } = "";

    /// <summary>Its home page; null if not specified.</summary>
    public Uri? Homepage { get; init; }

    /// <summary>The licence of its images.</summary>
    public string License { get; init; } = "";

    /// <summary>The image format; null if not specified.</summary>
    public ImageFormat? Image { get; init; }

    /// <summary>The classes, by index.</summary>
    public required IReadOnlyList<ClassLabel> Classes { get; init; }

    /// <summary>The splits, in the manifest's order.</summary>
    public required IReadOnlyList<Split> Splits { get; init; }

    /// <summary>What the leaderboard ranks by.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>The split that gaps are measured against; null if every test split is shifted.</summary>
    public string? Reference { get; init; }

    /// <summary>The metrics of each split that are shown besides the ranking metric; may be empty.</summary>
    public IReadOnlyList<MetricId> Metrics { get; init; } = [];

    /// <summary>The label columns by whose values scores are also given, such as <c>hospital</c>; may be empty.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The label column that groups dependent images, such as <c>well</c>; null if images count as independent.</summary>
    public string? Cluster { get; init; }

    /// <summary>What the plates of its labels look like, where the names of their wells do not tell it; null if not specified.</summary>
    public PlateScheme? Plate { get; init; }

    /// <summary>
    /// The largest difference of two errors that does not matter, a fraction above 0 and below 1: 0.005 is half a percentage point.
    /// Null if the organiser named none; comparisons then never say that two entries are equivalent.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Whether the labels of the test sets are public, so that pictures of their classes may be shown.</summary>
    public bool LabelsPublic { get; init; }

    /// <summary>Who may see its images, if they are on the server.</summary>
    public ImageAudience Images { get; init; }

    /// <summary>How its images are simulated; null if they are real.</summary>
    public SimulatedImages? Simulation { get; init; }

    /// <summary>The maximum number of submissions per submitter and UTC day; null to use the server's setting.</summary>
    public int? QuotaPerDay { get; init; }

    /// <summary>The ladder that protects its test sets; null if every score is published.</summary>
    public LadderRule? Ladder { get; init; }

    /// <summary>What its scores show.</summary>
    public Disclosure Disclosure { get; init; } = Disclosure.Open;

    /// <summary>
    /// The share of the clusters of each class whose labels are sealed, at least 0 and below 1. Scores are of the other labels until
    /// the benchmark is closed. 0 if no label is sealed.
    /// </summary>
    public double SealedShare { get; init; }

    /// <summary>When it closes by itself, UTC; null if an organiser closes it.</summary>
    public DateTime? Closes { get; init; }

    /// <summary>Who may take part in it; null for the server's setting.</summary>
    public ParticipationRule? Participation { get; init; }

    /// <summary>When it was closed, UTC; null while it runs.</summary>
    [JsonIgnore]
    public DateTime? ClosedAt { get; init; }

    /// <summary>Finds the class of a label.</summary>
    [JsonIgnore]
    public ClassNames ClassNames => field ??= new ClassNames(Classes);

    /// <summary>The metrics that are computed of each split: the ranking metric, then those of <see cref="Metrics"/>.</summary>
    [JsonIgnore]
    public IEnumerable<MetricId> ScoredMetrics => Ranking.MixedMetrics.Prepend(Ranking.Metric).Concat(Metrics).Distinct();

    /// <summary>The splits that are not for training, in order.</summary>
    [JsonIgnore]
    public IEnumerable<Split> TestSplits => Splits.Where(s => s.Role != SplitRole.Training);

    /// <summary>Whether some of its labels are sealed until it is closed, or were.</summary>
    [JsonIgnore]
    public bool HasSealedPart => SealedShare > 0;

    /// <summary>The part of the labels that scores, ranks and tests are of: the public one while it runs, then the sealed one.</summary>
    [JsonIgnore]
    public LabelPart ScoredPart => HasSealedPart && ClosedAt is not null ? LabelPart.Sealed : LabelPart.Public;

    /// <summary>Closes it: it takes no more submissions, and shows everything about the ones that it has.</summary>
    /// <param name="time">When it was closed, UTC.</param>
    public Benchmark Close(DateTime time) => this with { ClosedAt = time, Disclosure = Disclosure.Open, Ladder = null };

    /// <summary>A split by name.</summary>
    /// <returns>Null if the benchmark does not contain it.</returns>
    public Split? FindSplit(string name) => Splits.FirstOrDefault(s => s.Name == name);

    /// <summary>The title of a split; its name if the benchmark no longer has the split.</summary>
    public string TitleOf(string split) => FindSplit(split)?.Title ?? split;
}

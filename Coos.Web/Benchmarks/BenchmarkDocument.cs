using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Web.Benchmarks;

/// <summary>A benchmark in the API: its manifest and the state of each split.</summary>
internal sealed record BenchmarkDocument
{
    /// <summary>The name in paths.</summary>
    public required string Slug { get; init; }

    /// <summary>The name on pages.</summary>
    public required string Name { get; init; }

    /// <summary>The question that the benchmark answers.</summary>
    public required string Question { get; init; }

    /// <summary>A sentence on what it tests.</summary>
    public required string Summary { get; init; }

    /// <summary>A longer description, in Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>The work to cite, as BibTeX.</summary>
    public required string Citation { get; init; }

    /// <summary>The home page of the dataset.</summary>
    public Uri? Homepage { get; init; }

    /// <summary>The licence of its images.</summary>
    public required string License { get; init; }

    /// <summary>The format of its images.</summary>
    public ImageFormat? Image { get; init; }

    /// <summary>Who may see the images that are on the server: <c>public</c>, <c>participants</c> or <c>organisers</c>.</summary>
    public required ImageAudience Images { get; init; }

    /// <summary>The number of classes.</summary>
    public required int ClassCount { get; init; }

    /// <summary>The classes, by index; empty in the list of all benchmarks for one of more than 100 classes.</summary>
    public required IReadOnlyList<ClassLabel> Classes { get; init; }

    /// <summary>The metrics that are shown besides the ranking metric; absent if there are none.</summary>
    public IReadOnlyList<MetricId>? Metrics { get; init; }

    /// <summary>The label columns by whose values scores are also given; absent if there are none.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The splits.</summary>
    public required IReadOnlyList<SplitDocument> Splits { get; init; }

    /// <summary>The metric and the splits that rank the leaderboard.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>The split that the gaps of the other splits are measured from.</summary>
    public string? Reference { get; init; }

    /// <summary>The label column that groups dependent images.</summary>
    public string? Cluster { get; init; }

    /// <summary>The ladder rule that withholds scores; absent if every score is published.</summary>
    public LadderRule? Ladder { get; init; }

    /// <summary>Whether scores are shown in full: <c>open</c> or <c>guarded</c>.</summary>
    public required DisclosureLevel Disclosure { get; init; }

    /// <summary>The step to which guarded scores are rounded, as a fraction; absent if scores are open.</summary>
    public double? DisclosureStep { get; init; }

    /// <summary>The part of the labels that is sealed until the benchmark is closed; absent if none is.</summary>
    public SealedDocument? Sealed { get; init; }

    /// <summary>The splits whose guarded errors are shown beside the mean; absent if scores are open.</summary>
    public IReadOnlyList<string>? DisclosureSplits { get; init; }

    /// <summary>When it closes by itself; absent if an organiser closes it.</summary>
    public DateTime? Closes { get; init; }

    /// <summary>When it was closed; absent while it runs.</summary>
    public DateTime? ClosedAt { get; init; }

    /// <summary>The maximum number of classes of a benchmark that the list of all benchmarks names.</summary>
    private const int MaximumListed = 100;

    /// <summary>Creates the document of a benchmark in the list of all benchmarks.</summary>
    public static BenchmarkDocument OfListed(Benchmark benchmark, LabelStore labels) =>
        benchmark.Classes.Count > MaximumListed ? Of(benchmark, labels) with { Classes = [] } : Of(benchmark, labels);

    /// <summary>Creates the document of a benchmark.</summary>
    public static BenchmarkDocument Of(Benchmark benchmark, LabelStore labels) =>
        new()
        {
            Slug = benchmark.Slug,
            Name = benchmark.Name,
            Question = benchmark.Question,
            Summary = benchmark.Summary,
            Description = benchmark.Description,
            Citation = benchmark.Citation,
            Homepage = benchmark.Homepage,
            License = benchmark.License,
            Image = benchmark.Image,
            Images = benchmark.Images,
            ClassCount = benchmark.Classes.Count,
            Classes = benchmark.Classes,
            Metrics = benchmark.Metrics.Count == 0 ? null : benchmark.Metrics,
            Groups = benchmark.Groups.Count == 0 ? null : benchmark.Groups,
            Splits = [.. benchmark.Splits.Select(s => SplitDocument.Of(s, benchmark, labels))],
            Ranking = benchmark.Ranking,
            Reference = benchmark.Reference,
            Cluster = benchmark.Cluster,
            Ladder = benchmark.Ladder,
            Disclosure = benchmark.Disclosure.Level,
            DisclosureStep = benchmark.Disclosure.IsGuarded ? benchmark.Disclosure.Step : null,
            Sealed = benchmark.HasSealedPart ? new SealedDocument(benchmark.SealedShare) : null,
            DisclosureSplits = benchmark.Disclosure.IsGuarded ? benchmark.Disclosure.Splits : null,
            Closes = benchmark.Closes,
            ClosedAt = benchmark.ClosedAt,
        };
}

/// <summary>The sealed part of a benchmark's labels in the API.</summary>
/// <param name="Share">The share of the clusters of each class that is sealed; of the images if the benchmark names no cluster.</param>
internal sealed record SealedDocument(double Share);

/// <summary>A split in the API.</summary>
/// <param name="Name">The name in paths and files.</param>
/// <param name="Role">Its role: training, in-distribution test or shifted test.</param>
/// <param name="Title">The name on pages.</param>
/// <param name="Shift">How it differs from the training set.</param>
/// <param name="Images">The number of images; absent if neither the manifest nor the labels give it.</param>
/// <param name="Labelled">Whether the server has its labels and can score predictions.</param>
/// <param name="Description">A sentence about it.</param>
/// <param name="ScoredImages">
/// The number of images that scores are of: those of the public part, and of the sealed part once the benchmark is closed; absent if
/// the benchmark has no sealed part. Predictions are of all images.
/// </param>
internal sealed record SplitDocument(
    string Name,
    SplitRole Role,
    string Title,
    string Shift,
    int? Images,
    bool Labelled,
    string Description,
    int? ScoredImages = null
)
{
    /// <summary>Creates the document of a split.</summary>
    public static SplitDocument Of(Split split, Benchmark benchmark, LabelStore labels)
    {
        var isLabelled = labels.TryGet(benchmark.Slug, split.Name, out var active);
        return new(
            split.Name,
            split.Role,
            split.Title,
            split.Shift,
            isLabelled ? active!.Labels.Images.Count : split.Images,
            isLabelled,
            split.Description,
            isLabelled && active!.Parts.IsSealing ? active.Parts.Get(benchmark.ScoredPart).Labels.Images.Count : null
        );
    }
}

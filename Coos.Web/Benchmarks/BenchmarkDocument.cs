using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Benchmarks;

/// <summary>A benchmark as the API sends it: its manifest, and what the server knows of each split.</summary>
internal sealed record BenchmarkDocument
{
    /// <summary>The name in paths.</summary>
    public required string Slug { get; init; }

    /// <summary>The name on pages.</summary>
    public required string Name { get; init; }

    /// <summary>The question it asks.</summary>
    public required string Question { get; init; }

    /// <summary>What it tests.</summary>
    public required string Summary { get; init; }

    /// <summary>More about it, in Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>BibTeX.</summary>
    public required string Citation { get; init; }

    /// <summary>Where it comes from.</summary>
    public Uri? Homepage { get; init; }

    /// <summary>The licence of its images.</summary>
    public required string License { get; init; }

    /// <summary>The images.</summary>
    public ImageFormat? Image { get; init; }

    /// <summary>The classes, by index.</summary>
    public required IReadOnlyList<ClassLabel> Classes { get; init; }

    /// <summary>The splits.</summary>
    public required IReadOnlyList<SplitDocument> Splits { get; init; }

    /// <summary>By what the leaderboard ranks.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>The split to which gaps are taken.</summary>
    public string? Reference { get; init; }

    /// <summary>The label column that groups dependent images.</summary>
    public string? Cluster { get; init; }

    /// <summary>The ladder that withholds scores; absent where every score is published.</summary>
    public LadderRule? Ladder { get; init; }

    /// <summary>The document of a benchmark.</summary>
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
            Classes = benchmark.Classes,
            Splits = [.. benchmark.Splits.Select(s => SplitDocument.Of(s, benchmark.Slug, labels))],
            Ranking = benchmark.Ranking,
            Reference = benchmark.Reference,
            Cluster = benchmark.Cluster,
            Ladder = benchmark.Ladder,
        };
}

/// <summary>A split as the API sends it.</summary>
/// <param name="Name">The name in paths and files.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Title">The name on pages.</param>
/// <param name="Shift">How it differs from the training set.</param>
/// <param name="Images">The number of images; absent where neither manifest nor labels tell.</param>
/// <param name="Labelled">Whether the server knows its labels, so that predictions can be scored.</param>
/// <param name="Description">A sentence about it.</param>
internal sealed record SplitDocument(
    string Name,
    SplitRole Role,
    string Title,
    string Shift,
    int? Images,
    bool Labelled,
    string Description
)
{
    /// <summary>The document of a split.</summary>
    public static SplitDocument Of(Split split, string benchmark, LabelStore labels)
    {
        var isLabelled = labels.TryGet(benchmark, split.Name, out var active);
        return new(
            split.Name,
            split.Role,
            split.Title,
            split.Shift,
            isLabelled ? active!.Labels.Images.Count : split.Images,
            isLabelled,
            split.Description
        );
    }
}

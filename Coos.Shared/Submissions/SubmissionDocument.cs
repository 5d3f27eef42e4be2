using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Shared.Submissions;

/// <summary>A submission as the API sends it and the pages show it.</summary>
public sealed record SubmissionDocument
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The names that the method had while it was public, newest first, 20 at most; null for none.</summary>
    public IReadOnlyList<FormerName>? FormerNames { get; init; }

    /// <summary>Who sent it; the publication for reported results.</summary>
    public required string Submitter { get; init; }

    /// <summary>Where it comes from.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>Its status.</summary>
    public required SubmissionStatus Status { get; init; }

    /// <summary>Why it could not be scored; null unless it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When it was received, UTC; null for reported results.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When it was scored, UTC; null until then.</summary>
    public DateTime? ScoredAt { get; init; }

    /// <summary>When scoring failed, UTC; null unless it failed.</summary>
    public DateTime? FailedAt { get; init; }

    /// <summary>The submitter's description.</summary>
    public string? Description { get; init; }

    /// <summary>The URL of its paper.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>The URL of its code.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>Whether the method was trained with data other than the benchmark's training split; null if not stated.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>The run of the method that it is, usually the seed; null if not stated.</summary>
    public string? Run { get; init; }

    /// <summary>How the method was trained and tuned; null if nothing is stated.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>Who can see it.</summary>
    public required SubmissionVisibility Visibility { get; init; }

    /// <summary>Who vouches for it; null for baselines and reported results.</summary>
    public Verification? Verification { get; init; }

    /// <summary>Whether anyone vouches for it: <see cref="Verification"/> is not none. Null for baselines and reported results.</summary>
    public bool? Verified => Verification is { } level ? level != Submissions.Verification.None : null;

    /// <summary>True if an organiser hid it; only its owner and organisers can see it.</summary>
    public bool? Hidden { get; init; }

    /// <summary>
    /// Warnings about predictions that are valid but probably not intended, in the answer to the submission; null otherwise.
    /// </summary>
    public IReadOnlyList<PredictionWarning>? Warnings { get; init; }

    /// <summary>Its paths.</summary>
    public required SubmissionLinks Links { get; init; }

    /// <summary>The source and run of a baseline; null for all other submissions.</summary>
    public BaselineDocument? Baseline { get; init; }

    /// <summary>Its model; null if it has only files.</summary>
    public ModelDocument? Model { get; init; }

    /// <summary>What the run of its model used; null until it is done, and without a model.</summary>
    public Execution? Execution { get; init; }

    /// <summary>Why its scores are withheld; null if they are not.</summary>
    public string? Withheld { get; init; }

    /// <summary>What its scores show; null if they are shown in full.</summary>
    public DisclosureDocument? Disclosure { get; init; }

    /// <summary>Its scores; null until it is scored, and while they are withheld.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>The part of the labels that the scores are of; null if the benchmark has no sealed part.</summary>
    public LabelPart? Part { get; init; }

    /// <summary>Its scores on the sealed part while the benchmark runs; null for everyone but organisers.</summary>
    public Evaluation? SealedEvaluation { get; init; }

    /// <summary>Its scores on the public part after the benchmark was closed; null before, and without a sealed part.</summary>
    public Evaluation? PublicEvaluation { get; init; }
}

/// <summary>A name that a submission's method had before.</summary>
/// <param name="Method">The name.</param>
/// <param name="ReplacedAt">When it was replaced, UTC.</param>
public sealed record FormerName(string Method, DateTime ReplacedAt);

/// <summary>What the scores of a guarded benchmark show.</summary>
/// <param name="Level">Always <c>guarded</c>.</param>
/// <param name="Shown">The members of each split that depend on the labels and are shown.</param>
/// <param name="Step">The step to which errors are rounded, as a fraction.</param>
/// <param name="Reason">Why the other members are not shown, and when they will be.</param>
public sealed record DisclosureDocument(string Level, IReadOnlyList<string> Shown, double Step, string Reason)
{
    private static readonly string[] ShownMembers = ["balancedError", "balancedErrorInterval"];

    /// <summary>What the participant was told about the labels; null for viewers who may not see it.</summary>
    public DisclosureBudget? Budget { get; init; }

    /// <summary>Creates the document of a guarded benchmark.</summary>
    /// <param name="disclosure">What the benchmark shows.</param>
    public static DisclosureDocument Create(Disclosure disclosure)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        return new DisclosureDocument("guarded", ShownMembers, disclosure.Step, disclosure.Reason);
    }
}

/// <summary>What a participant was told about the labels of a guarded benchmark, and what it can be worth.</summary>
/// <param name="Bits">The bits of all answers so far.</param>
/// <param name="MaximumGain">By how much they can lower an error of 10% at most, as a fraction; null without labels.</param>
/// <param name="Limit">The gain from which on scores are withheld until the benchmark is closed, as a fraction.</param>
public sealed record DisclosureBudget(double Bits, double? MaximumGain, double Limit);

/// <summary>The paths of a submission.</summary>
/// <param name="Self">Its path in the API.</param>
/// <param name="Page">The path of its page.</param>
public sealed record SubmissionLinks(string Self, string Page)
{
    /// <summary>Creates the paths of a submission.</summary>
    public static SubmissionLinks For(Guid id) => new($"/api/submissions/{id}", $"/submissions/{id}");
}

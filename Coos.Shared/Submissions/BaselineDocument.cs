using Coos.Shared.Benchmarks;

namespace Coos.Shared.Submissions;

/// <summary>The part of a submission document that only baselines have.</summary>
/// <param name="Name">The folder's name below baselines/.</param>
/// <param name="State">Whether the folder still holds these predictions.</param>
/// <param name="Run">How the baseline was run.</param>
public sealed record BaselineDocument(string Name, BaselineState State, BaselineRun Run);

using Coos.Shared.Benchmarks;

namespace Coos.Shared.Submissions;

/// <summary>What a submission says beyond others where it is a baseline of the benchmark's folder.</summary>
/// <param name="Name">The folder's name below baselines/.</param>
/// <param name="State">Whether the folder still holds these predictions.</param>
/// <param name="Run">How it was run.</param>
public sealed record BaselineDocument(string Name, BaselineState State, BaselineRun Run);

namespace Coos.Shared.Benchmarks;

/// <summary>A part of the labels of a benchmark with a sealed part.</summary>
public enum LabelPart
{
    /// <summary>The labels that entries are scored with while the benchmark runs; all labels if none are sealed.</summary>
    Public = 0,

    /// <summary>The labels that only organisers see scores of until the benchmark is closed.</summary>
    Sealed = 1,
}

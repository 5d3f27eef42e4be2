using Coos.Shared.Benchmarks;

namespace Coos.Server.Benchmarks;

/// <summary>A split and its benchmark.</summary>
/// <param name="Folder">The benchmark.</param>
/// <param name="Split">The split.</param>
internal sealed record SplitPlace(BenchmarkFolder Folder, Split Split);

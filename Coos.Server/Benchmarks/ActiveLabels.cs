using Coos.Shared.Labels;

namespace Coos.Server.Benchmarks;

/// <summary>The labels of a split that count now.</summary>
/// <param name="VersionId">Their row in the database.</param>
/// <param name="Labels">The labels.</param>
internal sealed record ActiveLabels(Guid VersionId, SplitLabels Labels);

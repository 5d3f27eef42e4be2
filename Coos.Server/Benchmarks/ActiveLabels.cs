using Coos.Evaluator.Disclosures;
using Coos.Shared.Labels;

namespace Coos.Server.Benchmarks;

/// <summary>The current labels of a split.</summary>
/// <param name="VersionId">The id of their row in the database.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Parts">The public and the sealed part of them.</param>
internal sealed record ActiveLabels(Guid VersionId, SplitLabels Labels, SplitParts Parts);

using Coos.Evaluator;
using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Benchmarks;

/// <summary>Divides labels into the public and the sealed part with the key of this server.</summary>
internal sealed class SealedParts(ServerSecrets secrets)
{
    /// <summary>The name of the key.</summary>
    public const string KeyName = "sealed";

    /// <summary>Divides the labels of a split. Participants have the labels of training splits, so none of them are sealed.</summary>
    public async ValueTask<SplitParts> DivideAsync(Benchmark benchmark, string split, SplitLabels labels, CancellationToken cancellation)
    {
        var plan = ScorePlan.Of(benchmark).Key;
        if (!benchmark.HasSealedPart)
        {
            return SplitParts.Undivided(labels) with { Plan = plan };
        }

        var isTest = benchmark.TestSplits.Any(s => s.Name == split);
        var parts = isTest
            ? SealedPart.Divide(
                labels,
                benchmark.Slug,
                split,
                benchmark.Cluster,
                benchmark.SealedShare,
                await secrets.GetAsync(KeyName, cancellation)
            )
            : SplitParts.Undivided(labels);
        return parts with { IsSealing = true, Plan = plan };
    }
}

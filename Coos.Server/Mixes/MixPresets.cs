using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>A mix that is offered beside the form.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Query">The mix.</param>
public sealed record MixPreset(string Title, MixQuery Query);

/// <summary>The mixes that are offered for a benchmark.</summary>
internal sealed class MixPresets(LabelStore labels)
{
    private const double RareWeight = 5;

    /// <summary>Creates the presets. They keep the splits and costs of the current mix and change its weights.</summary>
    /// <param name="outcome">The current mix.</param>
    public IReadOnlyList<MixPreset> Create(MixOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (benchmark, query) = (outcome.Benchmark, outcome.Query);
        var presets = new List<MixPreset> { new("All classes equal", query with { Weights = null }) };
        if (outcome.ClassImages.Count == 0)
        {
            return presets;
        }

        foreach (var split in benchmark.Splits.Where(s => s.Role == SplitRole.Training))
        {
            if (labels.TryGet(benchmark.Slug, split.Name, out var training))
            {
                presets.Add(new MixPreset($"As in {split.Title}", query with { Weights = Count(benchmark, training.Labels.Classes) }));
            }
        }

        double[] images = [.. outcome.ClassImages.Select(n => (double)n)];
        presets.Add(new MixPreset("As in the test sets", query with { Weights = images }));
        if (FindRare(images) is { } rare)
        {
            presets.Add(new MixPreset("Rare classes \u00D75", query with { Weights = rare }));
        }

        return presets;
    }

    /// <summary>The mixes of a single class.</summary>
    public static IEnumerable<MixPreset> CreateSingle(MixOutcome outcome) =>
        outcome
            .Benchmark.Classes.Where(c => outcome.ClassImages.Count == 0 || outcome.ClassImages[c.Index] > 0)
            .Select(c => new MixPreset(
                c.Name,
                outcome.Query with
                {
                    Weights = [.. outcome.Benchmark.Classes.Select(other => other.Index == c.Index ? 1.0 : 0)],
                }
            ));

    private static double[] Count(Benchmark benchmark, ushort[] classes)
    {
        var images = new double[benchmark.Classes.Count];
        foreach (var k in classes)
        {
            images[k]++;
        }

        return images;
    }

    /// <summary>Weights of 5 for classes with less than half of the mean number of images; null if there are none.</summary>
    private static double[]? FindRare(double[] images)
    {
        var limit = images.Where(n => n > 0).DefaultIfEmpty(0).Average() / 2;
        return images.Any(n => n > 0 && n < limit) ? [.. images.Select(n => n > 0 && n < limit ? RareWeight : 1)] : null;
    }
}

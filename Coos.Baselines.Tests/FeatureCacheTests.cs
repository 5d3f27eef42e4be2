using Coos.Baselines.Features;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Tests;

public sealed class FeatureCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-cache").FullName;

    [Fact]
    public void Features_are_cached_and_a_damaged_file_is_recomputed()
    {
        using var set = ImageSet.Open(SharedFolder.Require("data", "yeast5", "YEAST5_v1.0_test1.hdf5"));
        var cache = new FeatureCache(_folder);
        var computed = 0;
        FeatureMatrix Compute()
        {
            computed++;
            return new FeatureMatrix(set.Shape.Count, 2, [.. Enumerable.Range(0, 2 * set.Shape.Count).Select(i => (double)i)]);
        }

        var first = cache.GetOrCompute(set, "a", 2, Compute, TestContext.Current.CancellationToken);
        Assert.Equal(first.Values, cache.GetOrCompute(set, "a", 2, Compute, TestContext.Current.CancellationToken).Values);
        Assert.Equal(1, computed);

        var file = Directory.GetFiles(_folder).Single();
        var content = File.ReadAllBytes(file);
        content[40] ^= 1;
        File.WriteAllBytes(file, content);
        Assert.Equal(first.Values, cache.GetOrCompute(set, "a", 2, Compute, TestContext.Current.CancellationToken).Values);
        Assert.Equal(2, computed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

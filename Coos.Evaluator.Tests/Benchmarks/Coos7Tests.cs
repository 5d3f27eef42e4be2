using Coos.Shared.Benchmarks;

namespace Coos.Evaluator.Tests.Benchmarks;

/// <summary>The bundled benchmark agrees with the paper.</summary>
public sealed class Coos7Tests
{
    /// <summary>Table 3 of the paper: balanced error in percent on Training and Test1 to Test4.</summary>
    private const string Table3 = """
        DeepLoc, End-to-End: 1.2 1.2 1.5 7.4 5.4
        DeepLoc (FC2), kNN: 1.1 1.3 1.5 6.9 4.7
        DeepLoc (FC2), L1 LR: 1.1 1.1 1.4 7.7 4.1
        DeepLoc (FC2), RF: 0.0 1.1 1.4 6.8 5.0
        Texture, kNN: 10.4 11.8 11.2 17.6 25.6
        Texture, L1 LR: 6.4 6.8 6.5 12.0 12.1
        Texture, RF: 0.0 7.3 7.1 16.4 17.1
        PCI Conv3, kNN: 2.2 2.4 2.7 8.9 8.0
        PCI Conv3, L1 LR: 1.0 1.4 1.7 9.2 7.4
        PCI Conv3, RF: 0.1 2.1 2.2 11.0 8.6
        PCI Conv4, kNN: 2.1 2.4 2.5 10.1 7.8
        PCI Conv4, L1 LR: 1.6 1.5 1.9 8.7 6.0
        PCI Conv4, RF: 0.1 2.5 2.7 10.7 7.5
        PCI Conv5, kNN: 2.6 2.7 2.9 12.1 8.9
        PCI Conv5, L1 LR: 2.5 2.5 2.6 11.4 5.7
        PCI Conv5, RF: 0.0 2.5 2.7 10.8 7.4
        VGG16 Conv3_3, kNN: 6.8 7.9 8.2 12.4 10.0
        VGG16 Conv3_3, L1 LR: 5.7 6.6 6.9 11.3 9.3
        VGG16 Conv3_3, RF: 0.2 9.5 9.2 15.9 10.9
        VGG16 Conv4_1, kNN: 6.5 7.3 7.6 9.3 8.4
        VGG16 Conv4_1, L1 LR: 3.1 4.2 4.1 8.2 6.7
        VGG16 Conv4_1, RF: 0.1 7.5 7.3 11.3 7.8
        VGG16 Conv4_2, kNN: 6.6 7.8 7.8 9.1 8.4
        VGG16 Conv4_2, L1 LR: 2.8 3.9 3.9 8.0 6.8
        VGG16 Conv4_2, RF: 0.2 7.4 7.5 10.2 8.4
        """;

    private static readonly BenchmarkFolder Folder = BenchmarkFolder.Read(Path.Combine(Checkout.Folder, "benchmarks", "coos-7"));

    [Fact]
    public void Reported_results_are_the_25_rows_of_Table_3()
    {
        string[] splits = ["training", "test1", "test2", "test3", "test4"];
        var rows = Folder.Reported.Select(r => $"{r.Method}: {string.Join(' ', splits.Select(s => Percent(r, s)))}");

        Assert.Equal(Table3.ReplaceLineEndings("\n").Split('\n'), rows);
        Assert.All(Folder.Reported, r => Assert.Equal("Lu et al. 2019, Table 3", r.Source));
    }

    [Fact]
    public void Percentages_become_the_nearest_fractions() =>
        Assert.Equal([0.011, 0.013, 0.015, 0.069, 0.047], Folder.Reported[1].Losses.Values);

    [Fact]
    public void Splits_have_the_counts_and_roles_of_Table_2()
    {
        Assert.Equal(
            [("training", 41456), ("test1", 10364), ("test2", 17021), ("test3", 32596), ("test4", 30772)],
            Folder.Benchmark.Splits.Select(s => (s.Name, s.Images ?? 0))
        );
        Assert.Equal(132_209, Folder.Benchmark.Splits.Sum(s => s.Images));
        Assert.Equal(
            [SplitRole.Training, SplitRole.InDistribution, SplitRole.Shifted, SplitRole.Shifted, SplitRole.Shifted],
            Folder.Benchmark.Splits.Select(s => s.Role)
        );
        Assert.Equal("Training Test1 Test2 Test3 Test4", string.Join(' ', Folder.Benchmark.Splits.Select(s => s.Title)));
    }

    [Fact]
    public void Classes_are_in_the_order_of_Table_1() =>
        Assert.Equal(["ER", "IMM", "Golgi", "Perox.", "Endosome", "Cytosol", "Nuc. env."], Folder.Benchmark.Classes.Select(c => c.Short));

    [Fact]
    public void The_manifest_has_ranking_reference_cluster_licence_and_paper()
    {
        var benchmark = Folder.Benchmark;

        Assert.Equal(["test3", "test4"], benchmark.Ranking.Splits);
        Assert.Equal("test1", benchmark.Reference);
        Assert.Equal("well", benchmark.Cluster);
        Assert.Equal("CC-BY-NC-4.0", benchmark.License);
        Assert.Contains("{The Cells Out of Sample ({COOS}) dataset", benchmark.Citation, StringComparison.Ordinal);
        var image = benchmark.Image!;
        Assert.Equal((64, 64, 2, 16), (image.Width, image.Height, image.Channels.Count, image.Bits));
    }

    [Fact]
    public void The_sensitivities_of_the_paper_are_included() =>
        Assert.Equal(
            [
                "DeepLoc 4 test1 0.989",
                "DeepLoc 4 test4 0.684",
                "VGG16 features, L1 LR 2 test3 0.848",
                "VGG16 features, L1 LR 2 test4 0.866",
                "PCI features, L1 LR 2 test3 0.749",
                "PCI features, L1 LR 2 test4 0.984",
            ],
            Folder.Sensitivities.Select(s => FormattableString.Invariant($"{s.Method} {s.Class} {s.Split} {s.Sensitivity}"))
        );

    [Fact]
    public void Later_results_are_separate_under_their_own_metric()
    {
        Assert.Equal(5, Folder.OtherResults.Count);
        Assert.All(Folder.OtherResults, r => Assert.Equal("Accuracy (%), 11-nearest-neighbour classifier", r.Metric));
        Assert.Equal([0.9725, 0.9719, 0.8972, 0.9624], Folder.OtherResults[0].Values.Values);
    }

    private static string Percent(ReportedResult result, string split) => FormattableString.Invariant($"{100 * result.Losses[split]:0.0}");
}

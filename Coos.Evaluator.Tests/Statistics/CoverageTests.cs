using Coos.Measurements.Statistics.Designs;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>
/// A small part of the simulations of <c>Coos.Measurements -- coverage --tables grid</c>. With 600 simulations, an interval that covers
/// 95% is below 92.5% or above 98.5% in fewer than one of 500 cases; seeds are fixed.
/// </summary>
public sealed class CoverageTests
{
    private const int Runs = 600;

    public static TheoryData<int, int, int, bool, double, double> Trusted =>
        new()
        {
            { 0, 7, 8, false, 0.15, 0.1 },
            { 0, 7, 16, true, 0.15, 0.3 },
            { 0, 2, 40, false, 0.05, 0.1 },
            { 1, 7, 16, false, 0.15, 0.1 },
            { 1, 20, 8, true, 0.5, 0.1 },
            { 2, 7, 16, false, 0.15, 0.1 },
            { 2, 7, 40, true, 0.15, 0.1 },
            { 2, 2, 40, false, 0.15, 0.3 },
        };

    [Theory]
    [MemberData(nameof(Trusted))]
    public void The_interval_by_cluster_covers_the_truth(int structure, int classes, int wells, bool areUneven, double error, double icc)
    {
        var design = new ClusterDesign((ClusterStructure)structure, classes, wells, areUneven);

        var result = ClusterSimulation.Run(design, ErrorPattern.Same(error, icc), Runs, isParallel: false);

        Assert.True(result.IsTrusted, $"{result}");
        Assert.InRange(result.Covered, 0.925, 0.985);
    }

    /// <summary>Nearly all errors are in few wells: no interval can cover, so it has to say so.</summary>
    [Theory]
    [InlineData(0, 2, 5, 0.02, 0.3)]
    [InlineData(2, 7, 8, 0.02, 0.3)]
    [InlineData(2, 7, 5, 0.15, 0.3)]
    public void An_interval_that_cannot_cover_says_so(int structure, int classes, int wells, double error, double icc)
    {
        var design = new ClusterDesign((ClusterStructure)structure, classes, wells, false);

        Assert.False(ClusterSimulation.Run(design, ErrorPattern.Same(error, icc), Runs, isParallel: false).IsTrusted);
    }
}

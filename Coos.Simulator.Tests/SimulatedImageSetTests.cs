using Coos.Shared.Datasets;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Tests;

public sealed class SimulatedImageSetTests
{
    [Fact]
    public void Images_and_vectors_are_those_of_the_file_that_the_simulator_writes()
    {
        using var set = SimulatedImageSet.Find("test1", SimulationParameters.DefaultSeed)!;
        var split = new SimulatedSplit(new SimulationParameters(), 1, SimulationParameters.DefaultSeed);

        Assert.Equal(new ImageShape(1036, 2, 64, 64), set.Shape);
        Assert.Equal(split.Render(700, 3).Select(s => (float)s), set.Read(700, 3).Samples.ToArray());
        Assert.Equal(split.Labels.Select(l => (int)l), set.ReadLabels());
        Assert.Equal(split.Wells.Select(w => $"{w}"), set.ReadVector("wells"));
        Assert.Equal("1035", set.Id(1035));
    }

    [Fact]
    public void Another_set_or_vector_is_not_found()
    {
        using var set = SimulatedImageSet.Find("test1", 1)!;

        Assert.Null(SimulatedImageSet.Find("test9", SimulationParameters.DefaultSeed));
        var problem = Assert.Throws<DatasetException>(() => set.ReadVector("days"));
        Assert.Contains("the set has labels, plates, wells", problem.Message, StringComparison.Ordinal);
    }
}

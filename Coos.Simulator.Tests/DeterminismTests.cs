using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Shared.Datasets;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Tests;

/// <summary>The same seed gives the same bytes on any machine, with any number of threads and in any order.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-test-").FullName;

    [Theory]
    [InlineData(0, "291b985605a359dede70671ec0877b7972b575a49636bf737dc50132519bcd6d")]
    [InlineData(3, "052a3631ed955db8e137e30cd3d543f7823cf827f3fd8c5a79749ebeb5bb4027")]
    [InlineData(4, "d563d66a23cd05a770a95ec8e823393e8a18d08e2d30671bc80f024223845a1f")]
    public void Images_are_the_same_on_every_machine(int set, string sha256)
    {
        var images = Small(set).Render(0, 40);

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<ushort>(images))));
    }

    [Fact]
    public void Images_do_not_depend_on_threads_or_order()
    {
        var split = Small(0);
        var together = split.Render(0, 40, threads: 4);

        Assert.Equal(together, split.Render(0, 40, threads: 1));
        Assert.Equal(together[(30 * split.SamplesPerImage)..], split.Render(30, 10));
    }

    [Fact]
    public void A_different_seed_gives_different_images() => Assert.NotEqual(Small(0).Render(0, 1), Small(0, seed: 8).Render(0, 1));

    [Fact]
    public void Files_are_identical_byte_for_byte()
    {
        SimulatedFile.Write(Small(0), Path.Combine(_folder, "a.hdf5"), threads: 1, cancellation: TestContext.Current.CancellationToken);
        SimulatedFile.Write(Small(0), Path.Combine(_folder, "b.hdf5"), threads: 3, cancellation: TestContext.Current.CancellationToken);

        var bytes = File.ReadAllBytes(Path.Combine(_folder, "a.hdf5"));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "b.hdf5")));
        Assert.Equal("50803ba50c707821aa79368a9719a8c824d17f305f15c058fcd6752a73732bb4", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void A_file_has_the_drawn_images_and_labels()
    {
        var split = Small(1);
        SimulatedFile.Write(split, Path.Combine(_folder, "a.hdf5"), cancellation: TestContext.Current.CancellationToken);

        using var set = ImageSet.Open(Path.Combine(_folder, "a.hdf5"));
        Assert.Equal(new ImageShape(split.Count, 2, 64, 64), set.Shape);
        Assert.Equal(["labels", "plates", "wells"], set.VectorNames);
        Assert.Equal(Array.ConvertAll(split.Render(0, split.Count), s => (float)s), set.Read(0, split.Count).Samples);
        Assert.Equal(split.Labels.Select(l => (int)l), set.ReadLabels(7)!);
    }

    [Fact]
    public void An_interrupted_simulation_leaves_no_file()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();

        var path = Path.Combine(_folder, "a.hdf5");
        Assert.Throws<OperationCanceledException>(() => SimulatedFile.Write(Small(0), path, cancellation: interrupt.Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SimulatedSplit Small(int set, ulong seed = SimulationParameters.DefaultSeed)
    {
        var parameters = new SimulationParameters();
        return new SimulatedSplit(parameters with { Design = parameters.Design.Scaled(0.02) }, set, seed);
    }
}

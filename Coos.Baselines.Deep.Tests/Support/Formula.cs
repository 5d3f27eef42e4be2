using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Computes the same numbers as References/make_references.py.</summary>
internal static class Formula
{
    /// <summary>Computes numbers between -0.5 and 0.5 from a 32-bit hash of index and key.</summary>
    public static torch.Tensor Numbers(long[] shape, uint key)
    {
        var values = new double[shape.Aggregate(1L, (n, d) => n * d)];
        for (var i = 0; i < values.Length; i++)
        {
            var h = unchecked(((uint)i * 2654435761u) + (key * 40503u) + 12345u);
            h = unchecked((h ^ (h >> 15)) * 2246822519u);
            h = unchecked((h ^ (h >> 13)) * 3266489917u);
            values[i] = ((h ^ (h >> 16)) / 4294967296.0) - 0.5;
        }

        return torch.tensor(values, shape);
    }

    /// <summary>Fills every parameter of a network, in single precision.</summary>
    public static void Fill(torch.nn.Module network)
    {
        using var gradients = torch.no_grad();
        foreach (var (parameter, key) in network.parameters().Select((p, i) => (p, (uint)i + 1)))
        {
            using var scope = torch.NewDisposeScope();
            var numbers = Numbers(parameter.shape, key);
            var isWeight = parameter.shape.Length > 1;
            var fanIn = parameter.numel() / parameter.shape[0];
            parameter.copy_(isWeight ? numbers * Math.Sqrt(12.0 / fanIn) : (numbers * 0.2) + 0.5);
        }
    }
}

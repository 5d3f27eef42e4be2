using System.Security.Cryptography;
using System.Text;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Weights;

/// <summary>Reads and writes the parameters and buffers of a network in safetensors files, under their PyTorch names.</summary>
internal static class NetworkWeights
{
    private const int MaxNamed = 5;

    /// <summary>Gets the parameters and buffers of a network, with the names of PyTorch's <c>state_dict()</c>.</summary>
    public static IEnumerable<(string Name, torch.Tensor Tensor)> GetTensors(torch.nn.Module network) =>
        network
            .named_parameters()
            .Select(p => (p.name, (torch.Tensor)p.parameter))
            .Concat(network.named_buffers().Select(b => (b.name, b.buffer)));

    /// <summary>Adds the tensors of a network to a file.</summary>
    public static void Add(SafeTensorsWriter writer, torch.nn.Module network, string prefix = "")
    {
        foreach (var (name, tensor) in GetTensors(network))
        {
            writer.Add(prefix + name, tensor);
        }
    }

    /// <summary>
    /// Loads all tensors of a network, or none and reports all problems. Other tensors in the file are ignored.
    /// </summary>
    /// <exception cref="DatasetException">A tensor is missing, or has another type or shape.</exception>
    public static void Load(SafeTensorsFile file, torch.nn.Module network, string what, string prefix = "") =>
        Load(file, GetTensors(network).ToArray(), what, prefix);

    /// <summary>Loads tensors by name, or none and reports all problems.</summary>
    /// <exception cref="DatasetException">A tensor is missing, or has another type or shape.</exception>
    public static void Load(SafeTensorsFile file, IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors, string what, string prefix)
    {
        Check(file, tensors, what, prefix);
        using var gradients = torch.no_grad();
        foreach (var (name, tensor) in tensors)
        {
            using var scope = torch.NewDisposeScope();
            var content = torch.empty(tensor.shape, tensor.dtype);
            file.Read(prefix + name, content.bytes);
            tensor.copy_(content);
        }
    }

    /// <summary>Computes a hash of all tensors, which does not depend on the device.</summary>
    public static string Hash(torch.nn.Module network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in GetTensors(network))
        {
            using var scope = torch.NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void Check(SafeTensorsFile file, IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors, string what, string prefix)
    {
        var missing = tensors.Select(t => prefix + t.Name).Where(name => !file.Entries.ContainsKey(name)).ToArray();
        var different = tensors
            .Select(t => (Name: prefix + t.Name, Expected: TensorEntry.Describe(TensorTypes.GetName(t.Tensor.dtype), t.Tensor.shape)))
            .Where(t => file.Entries.TryGetValue(t.Name, out var entry) && entry.Description != t.Expected)
            .Select(t => $"{t.Name} is {file.Entries[t.Name].Description}; expected {t.Expected}")
            .ToArray();
        if (missing.Length + different.Length == 0)
        {
            return;
        }

        var problems = new List<string>();
        if (missing.Length > 0)
        {
            problems.Add($"{missing.Length} of {tensors.Count} tensors are missing: {Shorten(missing)}");
        }

        if (different.Length > 0)
        {
            problems.Add(Shorten(different));
        }

        throw new DatasetException(file.Path, null, null, $"these are not weights for {what}: {string.Join("; ", problems)}");
    }

    private static string Shorten(string[] items) =>
        string.Join(", ", items.Take(MaxNamed)) + (items.Length > MaxNamed ? $" and {items.Length - MaxNamed} more" : "");
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

/// <summary>
/// Every kind of dataset that people send (Data/kinds.py): read exactly as h5py or tifffile do, or refused in one line that says
/// what it is and what to do. Many are made after public reports, which kinds.json names.
/// </summary>
public sealed class DatasetKindTests
{
    private static string Data => Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>The names of the cases, and of the folder that holds their files.</summary>
    public static TheoryData<string> Kinds => [.. Read("kinds.json").Select(k => k.Name)];

    /// <summary>The names of the cases in the shared folder.</summary>
    public static TheoryData<string> SharedCases => [.. Read("cases.json").Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_as_by_other_programs_or_named(string name) =>
        Check(Read("kinds.json").Single(k => k.Name == name), Data);

    [Theory]
    [MemberData(nameof(SharedCases))]
    public void Every_shared_case_is_read_as_by_other_programs_or_named(string name) =>
        Check(Read("cases.json").Single(k => k.Name == name), SharedFolder.Require("cases"));

    /// <summary>The issue asks for 30 cases after public reports; the rest of them is in the tests of the command line.</summary>
    [Fact]
    public void At_least_thirty_cases_name_the_public_report_they_were_made_after()
    {
        var sources = Read("kinds.json").Select(k => k.Source).OfType<string>().Distinct().ToArray();

        Assert.All(sources, source => Assert.Matches(@"^https://github\.com/[^/]+/[^/]+/(issues|pull)/\d+$", source));
        Assert.InRange(sources.Length, 30, int.MaxValue);
    }

    private static void Check(DatasetKind kind, string root)
    {
        var path = Path.Combine(root, kind.Path);
        if (kind.Refused is { } expected)
        {
            var fault = Assert.Throws<DatasetException>(() => ReadAll(path));
            Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
            return;
        }

        using var set = ImageSet.Open(path);
        var samples = set.Read(0, set.Shape.Count).Samples.ToArray();
        Assert.Equal($"({string.Join(", ", kind.Shape!)})", set.Shape.ToString());
        Assert.Equal(kind.Type, set.SampleType);
        Assert.Equal(kind.Sha256, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan()))));
        Assert.Equal(kind.Labels, set.ReadLabels());
        Assert.Equal(
            kind.Ids ?? Enumerable.Range(0, set.Shape.Count).Select(i => $"{i}"),
            Enumerable.Range(0, set.Shape.Count).Select(set.Id)
        );
        Assert.Equal(kind.Channels ?? set.ChannelNames, set.ChannelNames);
    }

    /// <summary>All that coos data unpack reads.</summary>
    private static void ReadAll(string path)
    {
        using var set = ImageSet.Open(path);
        set.ReadLabels();
        foreach (var block in set.Blocks())
        {
            Assert.NotEqual(0, block.Count);
        }
    }

    private static DatasetKind[] Read(string file) =>
        JsonSerializer.Deserialize<DatasetKind[]>(File.ReadAllBytes(Path.Combine(Data, file)), CoosJson.Options)!;

    /// <summary>One case: what outside programs read, or a part of the line that names it.</summary>
    private sealed record DatasetKind(
        string Name,
        string Path,
        string? Source,
        string? Refused,
        int[]? Shape,
        string? Type,
        string? Sha256,
        int[]? Labels,
        string[]? Ids,
        string[]? Channels
    );
}

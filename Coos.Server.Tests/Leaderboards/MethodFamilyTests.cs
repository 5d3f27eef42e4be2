using Coos.Server.Leaderboards;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>Finds the family of a method by its name.</summary>
public sealed class MethodFamilyTests
{
    [Theory]
    [InlineData("Texture, kNN", "texture")]
    [InlineData("Texture, L1 LR", "texture")]
    [InlineData("Texture", "texture")]
    [InlineData("Haralick texture, RF", "texture")]
    [InlineData("DeepLoc, End-to-End", "deeploc")]
    [InlineData("DeepLoc (FC2), L1 LR", "deeploc")]
    [InlineData("deeploc", "deeploc")]
    [InlineData("PCI Conv4, RF", "pci")]
    [InlineData("Paired cell inpainting, own layers", "pci")]
    [InlineData("VGG16 Conv4_2, L1 LR", "vgg")]
    [InlineData("VGG19 Conv3_3, kNN", "vgg")]
    [InlineData("VGG-19", "vgg")]
    [InlineData("VGG", "vgg")]
    [InlineData("ResNet-18", "other")]
    [InlineData("PCIe accelerated", "other")]
    [InlineData("Textures of cells", "other")]
    [InlineData("Better than DeepLoc", "other")]
    [InlineData("", "other")]
    public void The_family_follows_from_the_name(string method, string family)
    {
        Assert.Equal(family, MethodFamily.Find(method));
    }

    [Theory]
    [InlineData(null, "VGG16 Conv4_2", "vgg")]
    [InlineData(null, "ResNet-18", "other")]
    [InlineData("ResNet", "ResNet-18", "ResNet")]
    [InlineData("ResNet", "VGG16 Conv4_2", "ResNet")]
    [InlineData("vgg19", "My method", "vgg")]
    [InlineData("Other", "VGG16 Conv4_2", "other")]
    [InlineData("Vision transformer \" onload=", "x", "Vision transformer \" onload=")]
    public void A_submitter_may_name_the_family(string? named, string method, string family) =>
        Assert.Equal(family, MethodFamily.Find(named, method));

    [Fact]
    public void A_family_that_a_submitter_names_keeps_its_style_when_others_follow()
    {
        LeaderboardEntry[] entries = [Named("ResNet", 1), Named("vgg16", 0), Named("ViT", 2), Named("resnet", 4), Named("ConvNeXt", 3)];

        var first = MethodFamily.AssignStyles(entries[..3]).Select(e => e.Style);
        var all = MethodFamily.AssignStyles(entries).Select(e => e.Style);

        Assert.Equal(["named1", "vgg", "named2"], first);
        Assert.Equal(["named1", "vgg", "named2", "named1", "named3"], all);
    }

    [Fact]
    public void More_families_than_markers_share_them()
    {
        var entries = MethodFamily.AssignStyles([.. Enumerable.Range(0, 50).Select(i => Named($"Family {i}", i))]);

        Assert.Equal(MethodFamily.NamedStyles, entries.Select(e => e.Style).Distinct());
    }

    private static LeaderboardEntry Named(string family, int minute) =>
        new()
        {
            Id = new Guid(minute, 0, 0, new byte[8]),
            Method = "Method",
            Submitter = "Lab",
            Kind = Shared.Submissions.SubmissionKind.Submission,
            CreatedAt = new DateTime(2026, 1, 1, 0, minute, 0, DateTimeKind.Utc),
            Protocol = new Shared.Submissions.Protocol { Family = family },
            Splits = new Dictionary<string, EntryScore>(),
        };

    [Fact]
    public void Every_family_has_its_own_title_and_marker()
    {
        string[] styles = [.. MethodFamily.All.Select(f => f.Name), .. MethodFamily.NamedStyles];
        Assert.Equal(styles.Length, styles.Select(MethodFamily.Marker).Distinct().Count());
        Assert.All(MethodFamily.All, f => Assert.Equal(f.Title, MethodFamily.Title(f.Name)));
    }
}

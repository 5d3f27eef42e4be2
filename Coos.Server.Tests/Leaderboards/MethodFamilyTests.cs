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
    public void Families_that_submitters_name_have_one_of_four_styles_whatever_their_case()
    {
        var styles = Enumerable.Range(0, 200).Select(i => MethodFamily.StyleOf($"Family {i}")).ToList();

        Assert.Equal(MethodFamily.NamedStyles, styles.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(MethodFamily.StyleOf("ResNet"), MethodFamily.StyleOf("resnet"));
        Assert.Equal("ResNet", MethodFamily.Title("ResNet"));
    }

    [Fact]
    public void Every_family_has_its_own_title_and_marker()
    {
        string[] styles = [.. MethodFamily.All.Select(f => f.Name), .. MethodFamily.NamedStyles];
        Assert.Equal(styles.Length, styles.Select(MethodFamily.Marker).Distinct().Count());
        Assert.All(MethodFamily.All, f => Assert.Equal(f.Title, MethodFamily.Title(f.Name)));
    }
}

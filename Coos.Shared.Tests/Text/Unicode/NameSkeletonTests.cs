using System.Text.Json;
using Coos.Shared.Text.Unicode;

namespace Coos.Shared.Tests.Text.Unicode;

/// <summary>Names that look alike.</summary>
public sealed class NameSkeletonTests
{
    [Fact]
    public void Skeletons_equal_those_of_ICU()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Data", "skeletons.json");
        var skeletons = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

        Assert.True(skeletons.Count > 30);
        Assert.All(skeletons, s => Assert.Equal(s.Value, NameSkeleton.ToSkeleton(s.Key)));
    }

    [Theory]
    [InlineData("paypal", "\u0440\u0430\u0443\u0440\u0430l")]
    [InlineData("Ada Lab", "\u0410DA LAB")]
    [InlineData("O'Brien", "O\u2019Brien")]
    [InlineData("Iris", "lris")]
    [InlineData("Team 10", "Team lO")]
    [InlineData("Ada", "A\u200Dda")]
    [InlineData("ada", "ADA")]
    public void Names_that_look_alike_are_confusable(string one, string other)
    {
        Assert.True(NameSkeleton.Of(one).LooksLike(NameSkeleton.Of(other)));
        Assert.True(NameSkeleton.Of(other).LooksLike(NameSkeleton.Of(one)));
    }

    [Theory]
    [InlineData("Ada", "Ida")]
    [InlineData("Jose", "Jos\u00E9")]
    [InlineData("Lab 1", "Lab 2")]
    [InlineData("\u6771\u4EAC", "\u4EAC\u6771")]
    public void Other_names_are_not(string one, string other) => Assert.False(NameSkeleton.Of(one).LooksLike(NameSkeleton.Of(other)));
}

using Coos.Shared.Text;

namespace Coos.Shared.Tests.Text;

public sealed class NearNameTests
{
    private static readonly string[] Names = ["method", "paperUrl", "visibility", "split"];

    [Theory]
    [InlineData("visiblity", "visibility")]
    [InlineData("VISIBILITY", "visibility")]
    [InlineData("visibilty ", "visibility")]
    [InlineData("paper-url", "paperUrl")]
    [InlineData("spilt", "split")]
    [InlineData("methods", "method")]
    [InlineData("", null)]
    [InlineData("plot", null)]
    [InlineData("licence", null)]
    public void Finds_the_nearest_name(string text, string? expected) => Assert.Equal(expected, NearName.Find(text, Names));

    [Fact]
    public void A_very_long_text_is_near_to_nothing() => Assert.Null(NearName.Find(new string('v', 1_000_000), Names));
}

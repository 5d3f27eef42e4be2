using System.Text.Json;
using Coos.Shared.Scores;
using Coos.Shared.Text;

namespace Coos.Shared.Tests.Text;

/// <summary>Small texts and numbers that people and programs write in several ways.</summary>
public sealed class YesNoTests
{
    [Theory]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData(" yes ", true)]
    [InlineData("on", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("No", false)]
    [InlineData("off", false)]
    [InlineData("perhaps", null)]
    [InlineData("2", null)]
    [InlineData("", null)]
    public void Reads_a_yes_or_no_in_any_usual_spelling(string text, bool? expected) => Assert.Equal(expected, YesNo.Read(text));

    [Fact]
    public void Minus_zero_is_written_as_zero()
    {
        double[] numbers = [-0.0, 0.0, -1.5, double.Epsilon];

        Assert.Equal("[0,0,-1.5,5E-324]", JsonSerializer.Serialize(numbers, CoosJson.Options));
        Assert.Equal(
            ("0.0", "0.00", "0.0", "0.00", "-0.1"),
            (Percent.Of(-0.0001), Percent.Fine(-0.00001), Percent.Signed(-0.0001), Percent.SignedFine(-0.00001), Percent.Of(-0.001))
        );
    }

    [Fact]
    public void A_fault_in_JSON_has_one_line_number_counted_from_1()
    {
        var fault = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse("{\n  \"slug\": \"a\",\n  \"name\" \"b\"\n}"));

        Assert.Equal("line 3: invalid JSON: '\"' is invalid after a property name. Expected a ':'.", JsonFault.Describe(fault));
    }
}

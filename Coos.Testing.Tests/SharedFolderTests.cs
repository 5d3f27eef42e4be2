namespace Coos.Testing.Tests;

/// <summary>What a test gets that asks for a file of the shared folder.</summary>
public sealed class SharedFolderTests(SharedFolderTests.AsksInItsConstructor fixture)
    : IClassFixture<SharedFolderTests.AsksInItsConstructor>
{
    [Fact]
    public void A_missing_file_skips_the_test_and_says_where_it_should_be()
    {
        var skip = "";
        try
        {
            SharedFolder.Require("no", "such.file");
        }
        catch (Exception e) when (e.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            skip = e.Message.Replace('\\', '/');
        }

        Assert.EndsWith(
            "is missing: set COOS_SHARED to a folder that holds no/such.file, or put it into `shared` beside the checkout",
            skip,
            StringComparison.Ordinal
        );
    }

    /// <summary>On every machine: who has the folder would not see that the tests fail where it is missing.</summary>
    [Fact]
    public void A_fixture_may_not_ask()
    {
        Assert.Equal(
            "SharedFolder.Require was called outside a test. A fixture calls it later, when a test asks for the data.",
            fixture.Answer?.Message
        );
    }

    public sealed class AsksInItsConstructor
    {
        public AsksInItsConstructor() => Answer = Record.Exception(() => SharedFolder.Require("data")) as InvalidOperationException;

        public InvalidOperationException? Answer { get; }
    }
}

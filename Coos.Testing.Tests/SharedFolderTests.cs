namespace Coos.Testing.Tests;

/// <summary>Requests files in the shared folder.</summary>
public sealed class SharedFolderTests(SharedFolderTests.RequiringFixture fixture) : IClassFixture<SharedFolderTests.RequiringFixture>
{
    [Fact]
    public void A_missing_file_skips_the_test_with_its_expected_path()
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
            "is missing: set COOS_SHARED to a folder that holds no/such.file, or put it into `shared` next to the checkout",
            skip,
            StringComparison.Ordinal
        );
    }

    /// <summary>This fails on every machine; otherwise the mistake would show only on machines without the folder.</summary>
    [Fact]
    public void A_fixture_cannot_require_files()
    {
        Assert.Equal(
            "SharedFolder.Require was called outside a test. A fixture calls it later, when a test asks for the data.",
            fixture.Error?.Message
        );
    }

    public sealed class RequiringFixture
    {
        public RequiringFixture() => Error = Record.Exception(() => SharedFolder.Require("data")) as InvalidOperationException;

        public InvalidOperationException? Error { get; }
    }
}

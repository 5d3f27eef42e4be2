using Coos.Web.Components;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Error pages say what happened, whether anything changed, and what to do.</summary>
public sealed class StatusMessageTests
{
    [Theory]
    [InlineData(400, "The request could not be read")]
    [InlineData(403, "This page is for organisers")]
    [InlineData(404, "Page not found")]
    [InlineData(405, "The request could not be read")]
    [InlineData(413, "The upload is too large")]
    [InlineData(415, "The request could not be read")]
    [InlineData(429, "Too many requests")]
    [InlineData(500, "Something went wrong")]
    [InlineData(503, "The server is not ready")]
    [InlineData(507, "The server is out of storage")]
    public void Each_status_has_its_title(int status, string title)
    {
        var words = StatusMessage.Of(status, null, 1000);

        Assert.Equal(title, words.Title);
        Assert.EndsWith(".", words.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_and_wait_times_are_shown()
    {
        Assert.Contains("may have 67,108,864 bytes", StatusMessage.Of(413, null, 64 << 20).Advice, StringComparison.Ordinal);
        Assert.Contains("Wait 17 seconds", StatusMessage.Of(429, "17", 1).Advice, StringComparison.Ordinal);
        Assert.Contains("Wait a few seconds", StatusMessage.Of(429, "", 1).Advice, StringComparison.Ordinal);
    }
}

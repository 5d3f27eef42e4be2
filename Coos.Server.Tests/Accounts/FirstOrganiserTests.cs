using System.Web;
using Coos.Server.Accounts;

namespace Coos.Server.Tests.Accounts;

/// <summary>The link that makes the first organiser.</summary>
public sealed class FirstOrganiserTests
{
    /// <summary>Each start creates its own instance.</summary>
    [Fact]
    public void A_link_is_valid_only_until_the_next_start()
    {
        var (before, after) = (new FirstOrganiser(null!), new FirstOrganiser(null!));
        var key = HttpUtility.ParseQueryString(before.Path[before.Path.IndexOf('?', StringComparison.Ordinal)..])["key"];

        Assert.True(before.IsValidKey(key));
        Assert.False(after.IsValidKey(key));
    }
}

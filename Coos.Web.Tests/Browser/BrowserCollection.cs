using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Tests that share one browser and a server of their own.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<CoosFixture>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

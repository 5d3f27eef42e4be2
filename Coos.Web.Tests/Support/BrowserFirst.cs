using Coos.Web.Tests.Browser;
using Coos.Web.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BrowserFirst))]

namespace Coos.Web.Tests.Support;

/// <summary>
/// Starts the browser tests before all others. They share one browser and run one after another, so they would be the last to end,
/// with a core that waits.
/// </summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => c.TestCollectionDisplayName == BrowserCollection.Name)];
}

using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Tests that share one running server; each must hold whatever the others submitted.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<CoosFixture>
{
    public const string Name = "server";
}

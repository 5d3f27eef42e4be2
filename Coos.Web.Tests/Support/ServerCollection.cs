using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Tests that share one running server. Each must pass regardless of the submissions of the others.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<CoosFixture>
{
    public const string Name = "server";
}

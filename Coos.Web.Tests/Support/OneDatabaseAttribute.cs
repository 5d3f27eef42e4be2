using Xunit.v3;

namespace Coos.Web.Tests.Support;

/// <summary>
/// Marks a class whose tests do not depend on the database system. They run on SQLite only: <c>test.sh</c> leaves them out when it runs
/// the tests of API and reliability once more on PostgreSQL, where a server takes four times as long to start.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneDatabaseAttribute : Attribute, ITraitAttribute
{
    /// <summary>The trait by which the runner selects tests.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("database", "one")];
}

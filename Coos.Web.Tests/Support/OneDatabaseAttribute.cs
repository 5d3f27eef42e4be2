using Xunit.v3;

namespace Coos.Web.Tests.Support;

/// <summary>
/// Marks tests that do not depend on the database system. They run on SQLite only: <c>test.sh</c> leaves them out when it runs the tests
/// of API and reliability once more on PostgreSQL, where a server takes several times as long to start. docs/decisions/0104 has the rule.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OneDatabaseAttribute : Attribute, ITraitAttribute
{
    /// <summary>The name of the trait by which the runner selects tests, for a single row of data.</summary>
    public const string Name = "database";

    /// <summary>The value of the trait.</summary>
    public const string Value = "one";

    /// <summary>The trait of the class or method.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Name, Value)];
}

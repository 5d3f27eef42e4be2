namespace Coos.Web.Operations;

/// <summary>Reads query strings.</summary>
internal static class QueryText
{
    /// <summary>The text of a parameter; empty if it is absent.</summary>
    public static string Text(this IQueryCollection query, string name) => query[name].ToString();
}

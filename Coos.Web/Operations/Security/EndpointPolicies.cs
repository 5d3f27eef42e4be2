namespace Coos.Web.Operations.Security;

/// <summary>
/// Policies look at the mark of an endpoint and never at the text of the path, because routing ignores case and trailing slashes.
/// </summary>
internal static class EndpointPolicies
{
    /// <summary>Whether a request was routed to a page or endpoint with a mark.</summary>
    public static bool IsMarked<TMark>(this HttpContext context)
        where TMark : class => context.GetEndpoint()?.Metadata.GetMetadata<TMark>() is not null;

    /// <summary>Whether a request takes much processor time: its endpoint is marked, or a parameter makes it so.</summary>
    public static bool IsExpensive(HttpContext context) =>
        context.IsMarked<ExpensiveAttribute>()
        || context.GetEndpoint()?.Metadata.GetMetadata<ExpensiveParameters>()?.Names.Any(context.Request.Query.ContainsKey) == true;
}

/// <summary>Marks the endpoints of the API, whose callers are programs.</summary>
internal sealed class ApiCall;

/// <summary>
/// Marks pages and endpoints that check passwords, register accounts or send mail. Their forms have a limit of their own per IP
/// address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedAttemptsAttribute : Attribute;

/// <summary>
/// Marks pages and endpoints that receive files. Their bodies may be as large as the settings allow uploads to be; all other
/// bodies have a small limit.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReceivesFilesAttribute : Attribute;

/// <summary>Marks pages and endpoints that receive models too, which may be larger than other files.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReceivesModelsAttribute : Attribute;

/// <summary>
/// Marks pages and endpoints whose responses take much processor time to compute. They have a limit of their own per token,
/// account or IP address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExpensiveAttribute : Attribute;

/// <summary>Marks endpoints whose responses take much processor time if a request has one of some query parameters.</summary>
/// <param name="Names">The names of the parameters.</param>
internal sealed record ExpensiveParameters(IReadOnlyList<string> Names);

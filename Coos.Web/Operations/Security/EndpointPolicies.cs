namespace Coos.Web.Operations.Security;

/// <summary>
/// Marks the endpoints of the API, whose callers are programs. Policies look at the endpoint and never at the text of the path,
/// because routing ignores case and trailing slashes.
/// </summary>
internal sealed class ApiCall
{
    private static readonly ApiCall Instance = new();

    /// <summary>Marks the endpoints of a group.</summary>
    public static RouteGroupBuilder Mark(RouteGroupBuilder group) => group.WithMetadata(Instance);

    /// <summary>Whether a request was routed to the API.</summary>
    public static bool IsIn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ApiCall>() is not null;
}

/// <summary>
/// Marks pages and endpoints that check passwords, register accounts or send mail. Their forms have a limit of their own per IP
/// address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedAttemptsAttribute : Attribute
{
    /// <summary>Whether a request was routed to a marked page or endpoint.</summary>
    public static bool IsIn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttemptsAttribute>() is not null;
}

/// <summary>
/// Marks pages and endpoints that receive files. Their bodies may be as large as the settings allow uploads to be; all other
/// bodies have a small limit.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReceivesFilesAttribute : Attribute
{
    /// <summary>Whether a request was routed to a marked page or endpoint.</summary>
    public static bool IsIn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ReceivesFilesAttribute>() is not null;
}

/// <summary>
/// Marks pages and endpoints whose responses take much processor time to compute. They have a limit of their own per token,
/// account or IP address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExpensiveAttribute : Attribute
{
    /// <summary>Whether a request was routed to a marked page or endpoint.</summary>
    public static bool IsIn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ExpensiveAttribute>() is not null;
}

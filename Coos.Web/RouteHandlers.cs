using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Coos.Web;

/// <summary>
/// Maps routes whose code is compiled by the first request and not by the start of the server: docs/decisions/0104. In the namespaces
/// of this program these methods come before those of ASP.NET Core with the same names.
/// </summary>
internal static class RouteHandlers
{
    /// <summary>Maps GET requests of a pattern to a handler.</summary>
    public static RouteHandlerBuilder MapGet(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(endpoints, pattern, handler, HttpMethods.Get);

    /// <summary>Maps POST requests of a pattern to a handler.</summary>
    public static RouteHandlerBuilder MapPost(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(endpoints, pattern, handler, HttpMethods.Post);

    /// <summary>Maps PUT requests of a pattern to a handler.</summary>
    public static RouteHandlerBuilder MapPut(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(endpoints, pattern, handler, HttpMethods.Put);

    /// <summary>Maps PATCH requests of a pattern to a handler.</summary>
    public static RouteHandlerBuilder MapPatch(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(endpoints, pattern, handler, HttpMethods.Patch);

    /// <summary>Maps DELETE requests of a pattern to a handler.</summary>
    public static RouteHandlerBuilder MapDelete(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(endpoints, pattern, handler, HttpMethods.Delete);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder endpoints, string pattern, Delegate handler, string method) =>
        RouteHandlerServices.Map(endpoints, pattern, handler, [method], InferMetadata, CreateLater);

    /// <summary>Reads the parameters and the results of a handler. Throws for one that cannot be called, at the start.</summary>
    private static RequestDelegateMetadataResult InferMetadata(MethodInfo method, RequestDelegateFactoryOptions? options) =>
        RequestDelegateFactory.InferMetadata(method, options);

    /// <summary>Compiles the code that binds the parameters of a handler when the first request needs it.</summary>
    private static RequestDelegateResult CreateLater(
        Delegate handler,
        RequestDelegateFactoryOptions options,
        RequestDelegateMetadataResult? metadata
    )
    {
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new RequestDelegateResult(context => compiled.Value(context), [.. options.EndpointBuilder?.Metadata ?? []]);
    }
}

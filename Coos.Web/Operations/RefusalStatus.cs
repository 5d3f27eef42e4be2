using Coos.Server.Problems;

namespace Coos.Web.Operations;

/// <summary>Maps refusals to HTTP statuses.</summary>
internal static class RefusalStatus
{
    /// <summary>The status of an API response.</summary>
    public static int StatusCode(this Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.SignInRequired => StatusCodes.Status401Unauthorized,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            RefusalKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
            RefusalKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "This kind of refusal has no status."),
        };

    /// <summary>
    /// The status of a page whose query names something that does not exist. It is 400 instead of 404, because a 404 would
    /// replace the page with the not-found page.
    /// </summary>
    public static int PageStatusCode(this Refusal refusal) =>
        refusal.Kind == RefusalKind.NotFound ? StatusCodes.Status400BadRequest : refusal.StatusCode();
}

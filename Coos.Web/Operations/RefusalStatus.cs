using Coos.Server.Problems;

namespace Coos.Web.Operations;

/// <summary>The HTTP status of a refusal.</summary>
internal static class RefusalStatus
{
    /// <summary>The status of the answer to a call.</summary>
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
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "There is no status for this kind of refusal."),
        };

    /// <summary>
    /// The status of a page that exists and cannot show what its query names. That is a bad query: 404 would replace the
    /// page by the one for addresses that do not exist.
    /// </summary>
    public static int PageStatusCode(this Refusal refusal) =>
        refusal.Kind == RefusalKind.NotFound ? StatusCodes.Status400BadRequest : refusal.StatusCode();
}

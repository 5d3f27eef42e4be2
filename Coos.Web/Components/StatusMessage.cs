using System.Globalization;

namespace Coos.Web.Components;

/// <summary>What a status means for whoever sees it on a page, and what to do.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Advice">What became of it and what to do.</param>
internal sealed record StatusMessage(string Title, string Advice)
{
    /// <summary>The words for a status.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="retryAfter">The header Retry-After; null or empty where the answer has none.</param>
    /// <param name="maximumBytes">The most bytes of a submission's files.</param>
    public static StatusMessage Of(int status, string? retryAfter, long maximumBytes) => status switch
    {
        StatusCodes.Status403Forbidden => new(
            "This page is for organisers",
            "Your account is no organiser's. An organiser can make it one, on the page about users."),
        StatusCodes.Status404NotFound => new(
            "There is no such page",
            "The address is wrong, or what stood there was removed, or only its owner sees it. Submissions are at /submissions/ and their id."),
        StatusCodes.Status413PayloadTooLarge => new(
            "The upload is too large",
            $"Nothing was stored. All files of a submission together may have {maximumBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes: pack them as .gz or .zip, or leave probabilities out, and send them again."),
        StatusCodes.Status429TooManyRequests => new(
            "Too many requests",
            $"Nothing was changed. Wait {(string.IsNullOrEmpty(retryAfter) ? "a few" : retryAfter)} seconds and try again."),
        StatusCodes.Status503ServiceUnavailable => new(
            "The server is not ready",
            "It starts or is being maintained. Nothing was changed; try again in a minute."),
        StatusCodes.Status507InsufficientStorage => new(
            "The server has no room left",
            "The disk of its database is full. Nothing that you sent was half stored, and what is there can be read; tell the organiser, and try again later."),
        >= 400 and < 500 => new(
            "The request could not be read",
            "Nothing was changed. Go back, reload the page and try again."),
        _ => new(
            "Something went wrong here",
            "It is our fault and was written to the server's log. Nothing that you sent was half stored; try again in a moment."),
    };
}

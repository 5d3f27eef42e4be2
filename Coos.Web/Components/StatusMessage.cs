using System.Globalization;
using Coos.Web.Submissions;

namespace Coos.Web.Components;

/// <summary>The text of an error page: what happened and what the visitor can do.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Advice">The consequences and what to do.</param>
internal sealed record StatusMessage(string Title, string Advice)
{
    /// <summary>The text for a status.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="retryAfter">The header Retry-After; null or empty if the response has none.</param>
    /// <param name="maximumBytes">The maximum size of a submission's files in bytes.</param>
    public static StatusMessage Of(int status, string? retryAfter, long maximumBytes) =>
        status switch
        {
            StatusCodes.Status403Forbidden => new(
                "This page is for organisers",
                "Your account does not have the organiser role. An organiser can grant it on the Users page."
            ),
            StatusCodes.Status404NotFound => new(
                "Page not found",
                "The address is wrong, the page was removed, or only its owner can see it. "
                    + "The address of a submission is /submissions/ followed by its id."
            ),
            StatusCodes.Status413PayloadTooLarge => new(
                "The upload is too large",
                "Nothing was stored. "
                    + $"The files of a submission may have {maximumBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes in total. "
                    + "Compress them as .gz or .zip, or leave out the probabilities, and send them again. "
                    + $"A form without files may have {BodyLimit.DefaultBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes."
            ),
            StatusCodes.Status429TooManyRequests => new(
                "Too many requests",
                $"Nothing was changed. Wait {(string.IsNullOrEmpty(retryAfter) ? "a few" : retryAfter)} seconds and try again."
            ),
            StatusCodes.Status503ServiceUnavailable => new(
                "The server is not ready",
                "It is starting, under maintenance, or receiving as many uploads as it can hold. "
                    + "Nothing was changed; try again in a minute."
            ),
            StatusCodes.Status507InsufficientStorage => new(
                "The server is out of storage",
                "The disk of its database is full. Nothing was stored in part, and existing results can still be read. "
                    + "Tell an organiser and try again later."
            ),
            >= 400 and < 500 => new("The request could not be read", "Nothing was changed. Go back, reload the page and try again."),
            _ => new(
                "Something went wrong",
                "This is an error of the server and was written to its log. Nothing was stored in part; try again in a moment."
            ),
        };
}

using Coos.Web.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Reads multipart forms within the upload limit. ASP.NET Core spools files to disk while they arrive, so that a large
/// upload costs no memory, and stops at the limit.
/// </summary>
internal static class SubmissionFormReader
{
    /// <summary>Room for the fields beside the files.</summary>
    private const long FieldBytes = 1 << 20;

    /// <summary>The most bytes of a request.</summary>
    public static long MaximumRequestBytes(CoosSettings settings) => settings.MaxUploadBytes + FieldBytes;

    /// <summary>Sets the limits that apply while a form is read.</summary>
    public static void Limit(FormOptions options, CoosSettings settings)
    {
        options.MultipartBodyLengthLimit = MaximumRequestBytes(settings);
        options.BufferBodyLengthLimit = MaximumRequestBytes(settings);

        // Files of the usual size stay in memory; only large ones are worth a file on disk.
        options.MemoryBufferThreshold = 1 << 19;
        options.ValueLengthLimit = 1 << 16;
        options.ValueCountLimit = 64;
    }

    /// <summary>Reads a request's form.</summary>
    public static async Task<(SubmissionForm? Form, Refusal? Refusal)> ReadAsync(HttpRequest request, CoosSettings settings, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
        {
            return (null, Refusal.NotAForm(request.ContentType ?? ""));
        }

        try
        {
            var form = await request.ReadFormAsync(cancellation);
            return form.Files.Sum(f => f.Length) > settings.MaxUploadBytes
                ? (null, Refusal.TooLarge(settings.MaxUploadBytes))
                : (new SubmissionForm(form), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Refusal.TooLarge(settings.MaxUploadBytes));
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException || (e is IOException && !cancellation.IsCancellationRequested))
        {
            var reason = e is InvalidDataException ? e.Message : "It ends in the middle of a part; send it again.";
            return (null, new Refusal(StatusCodes.Status400BadRequest, "The form cannot be read", $"Nothing was stored. {reason}"));
        }
    }
}

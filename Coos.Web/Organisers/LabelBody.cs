using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Web.Submissions;

namespace Coos.Web.Organisers;

/// <summary>Opens the label file of a request: the body itself, or the only file of a form, as <c>curl -F</c> sends it.</summary>
internal static class LabelBody
{
    private const string Multipart = "multipart/form-data";

    /// <summary>Opens the file.</summary>
    public static async Task<Result<Stream>> OpenAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentType?.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase) != true)
        {
            return request.Body;
        }

        try
        {
            var form = await request.ReadFormAsync(cancellation);
            return form.Files is [var file] ? file.OpenReadStream()
                : form.Files.Count > 1 ? Unreadable($"The form has {form.Files.Count} files; send one.")
                : form.FirstOrDefault().Key is { } name ? Unreadable($"{FormFields.SentAsField(name)}, or --data-binary @FILE.")
                : Unreadable("No file was sent; with curl, send -F labels=@FILE.");
        }
        catch (Exception e)
            when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancellation.IsCancellationRequested))
        {
            // A body that is too large, or too much for the server now, is a bad request with a status of its own.
            return Unreadable(SubmissionFormReader.FindReason(e, "labels"));
        }
    }

    private static Refusal Unreadable(string reason) =>
        new(RefusalKind.Invalid, "The form cannot be read", $"Nothing was stored. {reason}");
}

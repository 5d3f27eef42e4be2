using Coos.Server.Problems;
using Coos.Shared.Text;

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
                : form.Files.Count > 1 ? Unreadable($"There are {form.Files.Count} files; send one.")
                : form.FirstOrDefault().Key is { } name ? SentAsField(name)
                : Unreadable("There is no file; with curl, send -F labels=@FILE.");
        }
        catch (InvalidDataException e)
        {
            return Unreadable(
                e.Message.Contains("value length limit", StringComparison.OrdinalIgnoreCase)
                    ? "A field is too long. Send the labels as a file: with curl, -F labels=@FILE."
                    : e.Message
            );
        }
        catch (IOException) when (!cancellation.IsCancellationRequested)
        {
            return Unreadable("It ends in the middle of a part; send it again.");
        }
    }

    private static Refusal SentAsField(string name) =>
        Unreadable(
            $"{name.Shorten()} was sent as a field and not as a file; with curl, send -F {name.Shorten()}=@FILE, or --data-binary @FILE."
        );

    private static Refusal Unreadable(string reason) =>
        new(RefusalKind.Invalid, "The form cannot be read", $"Nothing was stored. {reason}");
}

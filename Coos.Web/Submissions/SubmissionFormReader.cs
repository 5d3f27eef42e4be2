using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Predictions;
using Coos.Shared.Text;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Reads the multipart forms of viewers who may submit, up to the upload limit. ASP.NET Core spools large files to disk while
/// they arrive, so that they use no memory.
/// </summary>
internal sealed class SubmissionFormReader(SubmissionGate gate, CoosSettings settings)
{
    /// <summary>The number of bytes that a form may have besides its files.</summary>
    private const long FieldBytes = 1 << 20;

    /// <summary>The maximum number of characters of a field.</summary>
    private const int MaximumFieldLength = 1 << 16;

    /// <summary>ENOSPC on Linux and ERROR_DISK_FULL on Windows, as <see cref="Exception.HResult"/> has them.</summary>
    private const int NoSpaceLeft = 28;
    private const int DiskFull = 112;

    /// <summary>The fields that Blazor adds to the forms of pages. The API does not know them.</summary>
    private static readonly string[] PageFields = ["_handler", "__RequestVerificationToken"];

    /// <summary>The maximum size of a request in bytes.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="hasModel">Whether a model may be in it.</param>
    public static long MaximumRequestBytes(CoosSettings settings, bool hasModel) =>
        settings.MaxUploadBytes + FieldBytes + (hasModel && settings.Models.IsEnabled ? settings.Models.MaxBytes : 0);

    /// <summary>Sets the limits that apply while a form is read.</summary>
    public static void Limit(FormOptions options, CoosSettings settings)
    {
        options.MultipartBodyLengthLimit = MaximumRequestBytes(settings, hasModel: true);
        options.BufferBodyLengthLimit = MaximumRequestBytes(settings, hasModel: true);

        // Files of normal size stay in memory; only large ones are written to disk.
        options.MemoryBufferThreshold = 1 << 19;
        options.ValueLengthLimit = MaximumFieldLength;
        options.ValueCountLimit = 64;
    }

    /// <summary>Reads the form of a request. If the viewer may not submit, the request is rejected before its body is read.</summary>
    public async Task<Result<SubmissionRequest>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (gate.Refuse() is { } refusal)
        {
            return refusal;
        }

        if (!request.HasFormContentType)
        {
            return NotAForm(request.ContentType ?? "");
        }

        try
        {
            var form = await request.ReadFormAsync(cancellation);
            return form.Files.Where(f => !IsModel(f)).Sum(f => f.Length) > settings.MaxUploadBytes
                ? TooLarge(settings.MaxUploadBytes)
                : ToRequest(form, request.HttpContext.IsMarked<ApiCall>() ? [] : PageFields);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(settings.MaxUploadBytes);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            return UploadLimiter.ServerIsBusy();
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            return DiskIsFull();
        }
        catch (Exception e)
            when (e is InvalidDataException or BadHttpRequestException || (e is IOException && !cancellation.IsCancellationRequested))
        {
            return new Refusal(RefusalKind.Invalid, "The form cannot be read", $"Nothing was stored. {FindReason(e, "test1")}");
        }
    }

    /// <summary>Gets the fields of a form; the first value of a repeated field.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(IFormCollection form) =>
        form.ToDictionary(f => f.Key, f => f.Value.Count > 0 ? f.Value[0] ?? "" : "");

    /// <summary>Says why a form cannot be read.</summary>
    /// <param name="problem">The exception.</param>
    /// <param name="part">An example of the name of a file part.</param>
    public static string FindReason(Exception problem, string part) =>
        problem switch
        {
            // What curl sends for -F test1=<FILE is a text, and no text field is this long.
            InvalidDataException when problem.Message.Contains("value length limit", StringComparison.OrdinalIgnoreCase) =>
                $"A field has more than {MaximumFieldLength:N0} characters. Send files as files: with curl, -F {part}=@FILE.",
            InvalidDataException => problem.Message,
            _ => "It ends in the middle of a part; send it again.",
        };

    private static SubmissionRequest ToRequest(IFormCollection form, string[] ignored)
    {
        var fields = FieldsOf(form).Where(f => !ignored.Contains(f.Key)).ToDictionary();
        var request = new SubmissionRequest(fields, [])
        {
            Uploads = [.. form[SubmissionRequest.UploadField].Where(id => !string.IsNullOrWhiteSpace(id)).Select(id => id!.Trim())],
        };
        return request with
        {
            Files =
            [
                .. form.Files.Where(f => !IsModel(f) && (f.Length > 0 || f.FileName.Length > 0)).Select(f => ToFile(f, request["split"])),
            ],
            Model = form.Files.Where(f => IsModel(f) && f.FileName.Length > 0).Select(f => ToFile(f, "")).FirstOrDefault(),
        };
    }

    private static bool IsModel(IFormFile file) =>
        string.Equals(file.Name, SubmissionRequest.ModelPart, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the disk that large files are written to while they arrive is full.</summary>
    private static bool IsDiskFull(IOException problem) => (problem.HResult & 0xFFFF) is NoSpaceLeft or DiskFull;

    /// <summary>Converts a file. If the form has a field <c>split</c>, the part <c>predictions</c> is for that split.</summary>
    private static UploadedFile ToFile(IFormFile file, string split)
    {
        var isAnySplit = string.Equals(file.Name, PredictionUpload.AnySplit, StringComparison.OrdinalIgnoreCase) && split.Length > 0;
        return new UploadedFile(isAnySplit ? split : file.Name, file.FileName, file.OpenReadStream);
    }

    private static Refusal TooLarge(long maximum) =>
        new(
            RefusalKind.TooLarge,
            "The upload is too large",
            $"Nothing was stored. The files of a submission may have {maximum:N0} bytes in total; "
                + "compress them as .gz or .zip, or leave out the probabilities."
        );

    private static Refusal DiskIsFull() =>
        new(
            RefusalKind.Unavailable,
            "The server's disk is full",
            "Nothing was stored. The server has no room for the file. Tell the organiser; try again later."
        );

    private static Refusal NotAForm(string contentType) =>
        new(
            RefusalKind.UnsupportedMediaType,
            "Not a form",
            $"Nothing was stored. Content-Type is \"{contentType.Shorten()}\"; send multipart/form-data with the fields "
                + "benchmark, method and submitter and one file part per split, as curl -F does."
        );
}

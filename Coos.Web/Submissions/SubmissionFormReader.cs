using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Predictions;
using Coos.Shared.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Reads multipart forms of those who may submit, within the upload limit. ASP.NET Core spools files to disk while they
/// arrive, so that a large upload costs no memory, and stops at the limit.
/// </summary>
internal sealed class SubmissionFormReader(SubmissionGate gate, CoosSettings settings)
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

    /// <summary>Reads a request's form; whoever may not submit is refused before a byte of the body is read.</summary>
    public async Task<Result<SubmissionRequest>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (gate.Refuse() is { } barred)
        {
            return barred;
        }

        if (!request.HasFormContentType)
        {
            return NotAForm(request.ContentType ?? "");
        }

        try
        {
            var form = await request.ReadFormAsync(cancellation);
            return form.Files.Sum(f => f.Length) > settings.MaxUploadBytes ? TooLarge(settings.MaxUploadBytes) : ToRequest(form);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(settings.MaxUploadBytes);
        }
        catch (Exception e)
            when (e is InvalidDataException or BadHttpRequestException || (e is IOException && !cancellation.IsCancellationRequested))
        {
            var reason = e is InvalidDataException ? e.Message : "It ends in the middle of a part; send it again.";
            return new Refusal(RefusalKind.Invalid, "The form cannot be read", $"Nothing was stored. {reason}");
        }
    }

    /// <summary>The fields of a form; of one that was sent twice, the first.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(IFormCollection form) =>
        form.ToDictionary(f => f.Key, f => f.Value.Count > 0 ? f.Value[0] ?? "" : "");

    private static SubmissionRequest ToRequest(IFormCollection form)
    {
        var request = new SubmissionRequest(FieldsOf(form), []);
        return request with
        {
            Files = [.. form.Files.Where(f => f.Length > 0 || f.FileName.Length > 0).Select(f => ToFile(f, request["split"]))],
        };
    }

    /// <summary>A part <c>predictions</c> with a field <c>split</c> beside it counts as that split's.</summary>
    private static UploadedFile ToFile(IFormFile file, string split)
    {
        var isAnySplit = file.Name == PredictionUpload.AnySplit && split.Length > 0;
        return new UploadedFile(isAnySplit ? split : file.Name, file.FileName, file.OpenReadStream);
    }

    private static Refusal TooLarge(long maximum) =>
        new(
            RefusalKind.TooLarge,
            "The upload is too large",
            $"Nothing was stored. All files of a submission together may have {maximum:N0} bytes; pack them as .gz or .zip, or leave probabilities out."
        );

    private static Refusal NotAForm(string contentType) =>
        new(
            RefusalKind.UnsupportedMediaType,
            "Not a form",
            $"Nothing was stored. Content-Type is \"{contentType.Shorten()}\"; send multipart/form-data with the fields benchmark, method and submitter and one file part a split (curl -F does)."
        );
}

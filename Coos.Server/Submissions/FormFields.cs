using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>
/// The fields of the forms that send predictions. A form with any other field is rejected: a misspelled <c>visibility</c> would
/// publish what was meant to be private.
/// </summary>
internal static class FormFields
{
    /// <summary>The fields of a submission.</summary>
    public static readonly IReadOnlyList<string> OfSubmission =
    [
        "benchmark",
        "method",
        "submitter",
        "description",
        "paperUrl",
        "codeUrl",
        "externalData",
        .. ProtocolFields.Names,
        "visibility",
        "split",
        SubmissionRequest.UploadField,
    ];

    /// <summary>The fields of an upload.</summary>
    public static readonly IReadOnlyList<string> OfUpload = ["benchmark", "split"];

    /// <summary>Finds the fields that a form must not have.</summary>
    /// <param name="form">The form.</param>
    /// <param name="allowed">The fields that it may have.</param>
    /// <param name="filePart">The name of its file part, unless that is a split.</param>
    /// <param name="benchmark">The benchmark, whose splits are names of file parts; null if it is unknown.</param>
    public static IReadOnlyList<FieldProblem> FindUnknown(
        SubmissionRequest form,
        IReadOnlyList<string> allowed,
        string filePart,
        Benchmark? benchmark
    ) =>
        [
            .. form
                .Fields.ExceptBy(allowed, field => field.Key)
                .Select(field =>
                    Check(field.Key, field.Value, allowed, field.Key == filePart || benchmark?.FindSplit(field.Key) is not null)
                )
                .OfType<FieldProblem>(),
        ];

    private static FieldProblem? Check(string name, string value, IReadOnlyList<string> allowed, bool isFilePart) =>
        (isFilePart, value) switch
        {
            // A browser sends a file input without a file like an empty field.
            (true, "") => null,
            (true, _) => Unknown(name, SentAsField(name)),
            _ when value.Contains('\n', StringComparison.Ordinal) => Unknown(name, SentAsField(name)),
            _ => Unknown(name, DoesNotExist(name, allowed)),
        };

    /// <summary>What curl sends for <c>-F test1=&lt;FILE</c> and <c>-F test1=FILE</c> is a text, not a file.</summary>
    public static string SentAsField(string name) =>
        $"{name.Shorten()} was sent as a field and not as a file; with curl, send -F {name.Shorten()}=@FILE";

    private static FieldProblem Unknown(string name, string message) => new(name.Shorten(), "unknown-field", message);

    private static string DoesNotExist(string name, IReadOnlyList<string> allowed) =>
        "this field does not exist; "
        + (NearName.Find(name, allowed) is { } near ? $"did you mean {near}? " : "")
        + $"allowed: {string.Join(", ", allowed)}";
}

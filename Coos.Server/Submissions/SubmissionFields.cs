using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;

namespace Coos.Server.Submissions;

/// <summary>The validated metadata fields of a submission.</summary>
internal sealed record SubmissionFields
{
    public required string Method { get; init; }

    public required string Submitter { get; init; }

    public string? Description { get; init; }

    public string? PaperUrl { get; init; }

    public string? CodeUrl { get; init; }

    public bool? ExternalData { get; init; }

    /// <summary>The run of the method that it is; null if not stated.</summary>
    public string? Run { get; init; }

    public Protocol Protocol { get; init; } = Protocol.None;

    public SubmissionVisibility Visibility { get; init; }

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="account">The account's name for the submission; null to read it from the form.</param>
    /// <param name="problems">Receives the problems.</param>
    public static SubmissionFields Read(SubmissionRequest form, string? account, List<FieldProblem> problems)
    {
        var checks = new FieldChecks(form, problems);
        return new SubmissionFields
        {
            Method = checks.Name("method", Submission.MethodLength),
            Submitter = account ?? checks.Name("submitter", Submission.SubmitterLength),
            Description = checks.Text("description", Submission.DescriptionLength),
            PaperUrl = checks.Url("paperUrl", Submission.UrlLength),
            CodeUrl = checks.Url("codeUrl", Submission.UrlLength),
            ExternalData = checks.YesOrNo("externalData"),
            Run = ProtocolFields.ReadRun(checks),
            Protocol = ProtocolFields.Read(checks),
            Visibility = checks.OneOf("visibility", SubmissionVisibility.Public),
        };
    }
}

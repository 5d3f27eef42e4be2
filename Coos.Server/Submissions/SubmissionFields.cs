using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;

namespace Coos.Server.Submissions;

/// <summary>What a submitter says about a submission, checked.</summary>
internal sealed record SubmissionFields
{
    public required string Method { get; init; }

    public required string Submitter { get; init; }

    public string? Description { get; init; }

    public string? PaperUrl { get; init; }

    public string? CodeUrl { get; init; }

    public bool? ExternalData { get; init; }

    public SubmissionVisibility Visibility { get; init; }

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="account">The name that the submission will bear; null where the form gives it.</param>
    /// <param name="problems">Where problems go.</param>
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
            Visibility = checks.OneOf("visibility", SubmissionVisibility.Public),
        };
    }
}

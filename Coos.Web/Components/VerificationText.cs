using Coos.Shared.Submissions;

namespace Coos.Web.Components;

/// <summary>Says in words who vouches for a submission.</summary>
internal static class VerificationText
{
    /// <summary>Describes a level in a few words.</summary>
    public static string Describe(Verification level) =>
        level switch
        {
            Verification.RunHere => "run here",
            Verification.Organiser => "checked by the organiser",
            Verification.SignedIn => "signed in",
            _ => "no account",
        };

    /// <summary>Describes a level in the words of a label.</summary>
    public static string Title(Verification level) => char.ToUpperInvariant(Describe(level)[0]) + Describe(level)[1..];

    /// <summary>Explains a level in a sentence.</summary>
    public static string Explain(Verification level) =>
        level switch
        {
            Verification.RunHere => "This server ran the model on the images itself.",
            Verification.Organiser => "An organiser of this server has checked the submission.",
            Verification.SignedIn => "Sent with an account, which reserves the submitter's name. Nobody has checked the method.",
            _ => "Sent without an account: anyone could have typed this submitter's name.",
        };
}

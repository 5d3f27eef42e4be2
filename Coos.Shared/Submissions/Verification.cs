namespace Coos.Shared.Submissions;

/// <summary>What is known about who sent a submission. Each level includes the ones before it.</summary>
public enum Verification
{
    /// <summary>It was sent without an account, under a name that anyone could have typed.</summary>
    None,

    /// <summary>The submitter was signed in, so the name is that of an account or team.</summary>
    SignedIn,

    /// <summary>An organiser has checked the submission.</summary>
    Organiser,
}

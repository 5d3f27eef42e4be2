namespace Coos.Shared.Submissions;

/// <summary>Who vouches for a submission; of several, the highest.</summary>
public enum Verification
{
    /// <summary>It was sent without an account, under a name that anyone could have typed.</summary>
    None,

    /// <summary>The submitter was signed in, so the name is that of an account or team.</summary>
    SignedIn,

    /// <summary>An organiser has checked the submission.</summary>
    Organiser,

    /// <summary>The server ran the model on the images itself.</summary>
    RunHere,
}

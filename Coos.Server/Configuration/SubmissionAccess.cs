namespace Coos.Server.Configuration;

/// <summary>Who may submit.</summary>
internal enum SubmissionAccess
{
    /// <summary>Whoever reaches the server, under the name they give.</summary>
    Open = 0,

    /// <summary>Whoever is signed in.</summary>
    SignedIn = 1,
}

namespace Coos.Server.Configuration;

/// <summary>Who may submit.</summary>
internal enum SubmissionAccess
{
    /// <summary>Any client that can reach the server, under the name given in the form.</summary>
    Open = 0,

    /// <summary>Signed-in accounts only.</summary>
    SignedIn = 1,
}

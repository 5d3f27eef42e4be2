namespace Coos.Server.Configuration;

/// <summary>Who may submit, and how surely that was meant.</summary>
/// <param name="Submissions">Who may submit.</param>
/// <param name="IsSaid">Whether the settings say so, or it is the default.</param>
/// <param name="OpenOnPublicAddress">Whether the settings say a second time that Open is meant for everybody who reaches the server.</param>
internal sealed record AccessSettings(SubmissionAccess Submissions, bool IsSaid, bool OpenOnPublicAddress)
{
    /// <summary>Whether the server may take submissions without an account from other machines.</summary>
    public bool IsOpenToTheWorld => Submissions == SubmissionAccess.Open && IsSaid && OpenOnPublicAddress;
}

/// <summary>How many requests a client may send in a minute; null for any number.</summary>
/// <param name="Requests">Requests by an account, token or address.</param>
/// <param name="SignIns">Forms about accounts, sign-in for one, by an address.</param>
internal sealed record RateLimits(int? Requests, int? SignIns);

/// <summary>How mail is sent.</summary>
/// <param name="Host">The SMTP server.</param>
/// <param name="Port">Its port; 465 speaks TLS from the start, others by STARTTLS where the server offers it.</param>
/// <param name="User">The account there; null for none.</param>
/// <param name="Password">Its password.</param>
/// <param name="From">The sender.</param>
internal sealed record MailSettings(string Host, int Port, string? User, string? Password, string From);

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Authority">Its address.</param>
/// <param name="ClientId">What it knows this server as.</param>
/// <param name="ClientSecret">The secret agreed with it.</param>
/// <param name="Name">What the button calls it.</param>
internal sealed record OpenIdConnectSettings(Uri Authority, string ClientId, string ClientSecret, string Name);

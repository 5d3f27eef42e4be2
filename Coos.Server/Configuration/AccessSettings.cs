namespace Coos.Server.Configuration;

/// <summary>Who may submit, and whether the organiser chose that explicitly.</summary>
/// <param name="Submissions">Who may submit.</param>
/// <param name="IsConfigured">Whether <paramref name="Submissions"/> was configured, as opposed to the default.</param>
/// <param name="OpenOnPublicAddress">Whether the settings confirm that Open applies to requests from other machines too.</param>
internal sealed record AccessSettings(SubmissionAccess Submissions, bool IsConfigured, bool OpenOnPublicAddress)
{
    /// <summary>Which accounts may submit to guarded benchmarks whose manifest does not say so.</summary>
    public ParticipationAccess Participation { get; init; }

    /// <summary>Whether the server accepts submissions without an account from other machines.</summary>
    public bool IsOpenToOtherMachines => Submissions == SubmissionAccess.Open && IsConfigured && OpenOnPublicAddress;
}

/// <summary>The number of requests a client may send per minute; null for no limit.</summary>
/// <param name="Requests">Requests per account, token or IP address.</param>
/// <param name="SignIns">Posts of account forms, such as sign-in, per IP address.</param>
/// <param name="Expensive">Requests for pages and documents that take long to compute, per account, token or IP address.</param>
internal sealed record RateLimits(int? Requests, int? SignIns, int? Expensive);

/// <summary>The mail server and sender.</summary>
/// <param name="Host">The SMTP server.</param>
/// <param name="Port">The port. 465 uses TLS from the start; other ports use STARTTLS.</param>
/// <param name="User">The user name on the SMTP server; null for no authentication.</param>
/// <param name="Password">The password of the user.</param>
/// <param name="From">The sender address.</param>
/// <param name="AllowsPlainText">Whether mail is sent without TLS if the server does not offer STARTTLS.</param>
internal sealed record MailSettings(string Host, int Port, string? User, string? Password, string From, bool AllowsPlainText);

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Authority">The provider's URL.</param>
/// <param name="ClientId">This server's client id at the provider.</param>
/// <param name="ClientSecret">This server's client secret at the provider.</param>
/// <param name="Name">The provider's name on the sign-in button.</param>
internal sealed record OpenIdConnectSettings(Uri Authority, string ClientId, string ClientSecret, string Name);

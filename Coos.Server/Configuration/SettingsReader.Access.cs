using System.Net;
using MimeKit;

namespace Coos.Server.Configuration;

/// <summary>Reads the settings about access, rate limits, mail and sign-in.</summary>
internal sealed partial class SettingsReader
{
    private const int DefaultQuotaPerDay = 10;
    private const int DefaultRequestsPerMinute = 1200;
    private const int DefaultSignInsPerMinute = 20;
    private const int DefaultExpensivePerMinute = 60;

    private AccessSettings ReadAccess()
    {
        const string Key = "Coos:Access:Submissions";
        var access = ReadEnum(Key, isDevelopment ? SubmissionAccess.Open : SubmissionAccess.SignedIn);
        return new AccessSettings(access, !string.IsNullOrEmpty(configuration[Key]), ReadBoolean("Coos:Access:OpenOnPublicAddress"))
        {
            Participation = ReadParticipation(access),
        };
    }

    /// <summary>Rejects approvals on an open server, where submitters have no account that an organiser could approve.</summary>
    private ParticipationAccess ReadParticipation(SubmissionAccess access)
    {
        const string Key = "Coos:Access:Participation";
        var isOpen = access == SubmissionAccess.Open;
        var participation = ReadEnum(Key, isOpen ? ParticipationAccess.Open : ParticipationAccess.Approved);
        if (isOpen && participation == ParticipationAccess.Approved)
        {
            _problems.Add(
                $"{Key}: is Approved while Coos:Access:Submissions is Open, where submitters have no account that could be approved; "
                    + $"set Coos:Access:Submissions to SignedIn, or {Key} to Open"
            );
        }

        return participation;
    }

    /// <summary>
    /// Rejects an open server behind a proxy unless both settings confirm it: a proxy exists to serve other machines, and its
    /// requests can look as if they came from this one.
    /// </summary>
    private void CheckOpenBehindProxies(AccessSettings access, List<IPNetwork> proxies)
    {
        if (access.Submissions == SubmissionAccess.Open && !access.IsOpenToOtherMachines && proxies.Count > 0)
        {
            _problems.Add(
                "Coos:Proxies: is set while Coos:Access:Submissions is Open, "
                    + "so anyone who can reach the proxy could submit under any name; "
                    + "set Coos:Access:Submissions to SignedIn; or remove Coos:Proxies; or, to allow this, "
                    + "set Coos:Access:Submissions to Open and Coos:Access:OpenOnPublicAddress to true"
            );
        }
    }

    /// <summary>An open server is normally one person's own, so it has no limits by default.</summary>
    private int? ReadQuotaPerDay() => ReadOptionalNumber("Coos:Quota:PerDay", 1_000_000, IsOpen ? null : DefaultQuotaPerDay);

    private RateLimits ReadLimits() =>
        new(
            ReadOptionalNumber("Coos:RateLimit:RequestsPerMinute", 1_000_000, IsOpen ? null : DefaultRequestsPerMinute),
            ReadOptionalNumber("Coos:RateLimit:SignInsPerMinute", 1_000_000, IsOpen ? null : DefaultSignInsPerMinute),
            ReadOptionalNumber("Coos:RateLimit:ExpensivePerMinute", 1_000_000, IsOpen ? null : DefaultExpensivePerMinute)
        );

    private bool IsOpen =>
        string.IsNullOrEmpty(configuration["Coos:Access:Submissions"])
            ? isDevelopment
            : string.Equals(configuration["Coos:Access:Submissions"], nameof(SubmissionAccess.Open), StringComparison.OrdinalIgnoreCase);

    private Uri? ReadPublicAddress() => ReadUrl("Coos:PublicAddress");

    private MailSettings? ReadMail()
    {
        var allowsPlainText = ReadBoolean("Coos:Mail:AllowPlainText");
        if (configuration["Coos:Mail:Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var from = configuration["Coos:Mail:From"] ?? "";
        if (!MailboxAddress.TryParse(from, out _))
        {
            _problems.Add(
                $"Coos:Mail:From: \"{from}\" is not a valid mail address; Coos:Mail:Host requires a sender, such as COOS <coos@example.org>"
            );
        }

        if (string.IsNullOrEmpty(configuration["Coos:PublicAddress"]))
        {
            _problems.Add(
                "Coos:PublicAddress: is not set, but Coos:Mail:Host requires it because links in mails must not depend on the Host header, "
                    + "which clients can forge; set it to the server's public URL, such as https://coos.example.org"
            );
        }

        var user = configuration["Coos:Mail:User"];
        return new MailSettings(
            host,
            (int)ReadNumber("Coos:Mail:Port", 587, 1, 65535),
            string.IsNullOrEmpty(user) ? null : user,
            configuration["Coos:Mail:Password"],
            from,
            allowsPlainText
        );
    }

    private OpenIdConnectSettings? ReadOpenIdConnect()
    {
        if (ReadUrl("Coos:OpenIdConnect:Authority") is not { } authority)
        {
            return null;
        }

        return new OpenIdConnectSettings(
            authority,
            ReadRequired("Coos:OpenIdConnect:ClientId"),
            ReadRequired("Coos:OpenIdConnect:ClientSecret"),
            configuration["Coos:OpenIdConnect:Name"] is { Length: > 0 } name ? name : authority.Host
        );

        string ReadRequired(string key)
        {
            if (configuration[key] is { Length: > 0 } text)
            {
                return text;
            }

            _problems.Add($"{key}: is not set, but Coos:OpenIdConnect:Authority requires it");
            return "";
        }
    }

    private Uri? ReadUrl(string key)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        )
        {
            return address;
        }

        _problems.Add($"{key}: \"{text}\" is not a valid URL; allowed: https://..., and http:// on this machine");
        return null;
    }

    private bool ReadBoolean(string key, bool fallback = false)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        _problems.Add($"{key}: \"{text}\" is not valid; allowed: true, false");
        return fallback;
    }

    /// <summary>Reads a number, or <c>none</c> for no limit; the fallback if it is not set.</summary>
    private int? ReadOptionalNumber(string key, int maximum, int? fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (
            int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value)
            && value >= 1
            && value <= maximum
        )
        {
            return value;
        }

        _problems.Add($"{key}: \"{text}\" is not valid; allowed: whole numbers from 1 to {maximum}, or none");
        return fallback;
    }
}

using MimeKit;

namespace Coos.Server.Configuration;

/// <summary>The settings about who may do what, and how often.</summary>
internal sealed partial class SettingsReader
{
    private const int DefaultQuotaPerDay = 10;
    private const int DefaultRequestsPerMinute = 1200;
    private const int DefaultSignInsPerMinute = 20;

    private AccessSettings Access()
    {
        const string Key = "Coos:Access:Submissions";
        var access = OneOf(Key, isDevelopment ? SubmissionAccess.Open : SubmissionAccess.SignedIn);
        return new AccessSettings(access, !string.IsNullOrEmpty(configuration[Key]), YesOrNo("Coos:Access:OpenOnPublicAddress"));
    }

    /// <summary>An open server is a person's own, who limits nobody unless asked to.</summary>
    private int? QuotaPerDay() => Optional("Coos:Quota:PerDay", 1_000_000, IsOpen ? null : DefaultQuotaPerDay);

    private RateLimits Limits() =>
        new(
            Optional("Coos:RateLimit:RequestsPerMinute", 1_000_000, IsOpen ? null : DefaultRequestsPerMinute),
            Optional("Coos:RateLimit:SignInsPerMinute", 1_000_000, IsOpen ? null : DefaultSignInsPerMinute)
        );

    private bool IsOpen =>
        string.IsNullOrEmpty(configuration["Coos:Access:Submissions"])
            ? isDevelopment
            : string.Equals(configuration["Coos:Access:Submissions"], nameof(SubmissionAccess.Open), StringComparison.OrdinalIgnoreCase);

    private Uri? PublicAddress() => Address("Coos:PublicAddress");

    private MailSettings? Mail()
    {
        if (configuration["Coos:Mail:Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var from = configuration["Coos:Mail:From"] ?? "";
        if (!MailboxAddress.TryParse(from, out _))
        {
            _problems.Add(
                $"Coos:Mail:From: \"{from}\" is no mail address; with Coos:Mail:Host, name the sender, such as COOS <coos@example.org>"
            );
        }

        if (string.IsNullOrEmpty(configuration["Coos:PublicAddress"]))
        {
            _problems.Add(
                "Coos:PublicAddress: is not set; with Coos:Mail:Host it is needed, for links in mails must not follow a forged Host header; set it to the address that people open, such as https://coos.example.org"
            );
        }

        var user = configuration["Coos:Mail:User"];
        return new MailSettings(
            host,
            (int)Number("Coos:Mail:Port", 587, 1, 65535),
            string.IsNullOrEmpty(user) ? null : user,
            configuration["Coos:Mail:Password"],
            from
        );
    }

    private OpenIdConnectSettings? OpenIdConnect()
    {
        if (Address("Coos:OpenIdConnect:Authority") is not { } authority)
        {
            return null;
        }

        return new OpenIdConnectSettings(
            authority,
            Required("Coos:OpenIdConnect:ClientId"),
            Required("Coos:OpenIdConnect:ClientSecret"),
            configuration["Coos:OpenIdConnect:Name"] is { Length: > 0 } name ? name : authority.Host
        );

        string Required(string key)
        {
            if (configuration[key] is { Length: > 0 } text)
            {
                return text;
            }

            _problems.Add($"{key}: is not set; with Coos:OpenIdConnect:Authority it is needed");
            return "";
        }
    }

    private Uri? Address(string key)
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

    private bool YesOrNo(string key)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        _problems.Add($"{key}: \"{text}\" is not understood; allowed: true, false");
        return false;
    }

    /// <summary>A number, <c>none</c> for no limit, or what holds where nothing is said.</summary>
    private int? Optional(string key, int maximum, int? fallback)
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

        _problems.Add($"{key}: \"{text}\" is out of range; allowed: whole numbers from 1 to {maximum}, or none");
        return fallback;
    }
}

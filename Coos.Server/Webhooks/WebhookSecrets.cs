using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Coos.Server.Webhooks;

/// <summary>Makes the secrets of webhooks, keeps them encrypted, and signs with them.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("webhooks");

    /// <summary>A new secret.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// The value of the header <c>Coos-Signature</c>: the time in Unix seconds, and HMAC-SHA256 of time, dot and body
    /// under the secret, in hexadecimal. The time is signed too, so that an old message cannot be played again.
    /// </summary>
    public static string Sign(string secret, DateTimeOffset time, string body)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }

    /// <summary>What is stored of a secret.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>The secret again.</summary>
    /// <exception cref="WebhookException">The keys that it was encrypted with are gone.</exception>
    public string Unprotect(string stored)
    {
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            throw new WebhookException(
                "its secret cannot be read any more: the server's keys were lost; delete the webhook and make it anew"
            );
        }
    }
}

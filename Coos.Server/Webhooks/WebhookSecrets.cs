using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Coos.Server.Webhooks;

/// <summary>Creates and encrypts the secrets of webhooks, and signs messages with them.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("webhooks");

    /// <summary>Creates a secret.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// Computes the value of the header <c>Coos-Signature</c>: the time in Unix seconds, and the HMAC-SHA256 of time, dot
    /// and body with the secret, in hexadecimal. The signature includes the time to prevent replay of old messages.
    /// </summary>
    public static string Sign(string secret, DateTimeOffset time, string body)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }

    /// <summary>Encrypts a secret for storage.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Decrypts a stored secret.</summary>
    /// <exception cref="WebhookException">The encryption keys were lost.</exception>
    public string Unprotect(string stored)
    {
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            throw new WebhookException(
                "its secret cannot be decrypted because the server's keys were lost; delete the webhook and create a new one"
            );
        }
    }
}

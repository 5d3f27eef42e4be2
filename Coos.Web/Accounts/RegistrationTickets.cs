using System.Security.Cryptography;
using Coos.Server.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Coos.Web.Accounts;

/// <summary>Issues tickets that are encrypted and expire by data protection, so the server does not need to store them.</summary>
internal sealed class RegistrationTickets(IDataProtectionProvider protection) : IRegistrationTickets
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector _tickets = protection.CreateProtector("Coos.Registration").ToTimeLimitedDataProtector();

    /// <inheritdoc/>
    public string Issue(string mail) => _tickets.Protect(mail, Lifetime);

    /// <inheritdoc/>
    public string? Read(string? ticket)
    {
        try
        {
            return string.IsNullOrEmpty(ticket) ? null : _tickets.Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

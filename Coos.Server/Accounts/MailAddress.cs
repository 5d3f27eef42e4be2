using MimeKit;

namespace Coos.Server.Accounts;

/// <summary>Reads mail addresses that people type or paste.</summary>
internal static class MailAddress
{
    /// <summary>The maximum number of characters.</summary>
    public const int MaximumLength = 254;

    /// <summary>Reads an address without the name that mail programs put around it: <c>Ada &lt;ada@example.org&gt;</c>.</summary>
    /// <returns>The address; null if the text is not one.</returns>
    public static string? Read(string text) =>
        MailboxAddress.TryParse(text.Trim(), out var mailbox)
        && mailbox.Address.Length is > 0 and <= MaximumLength
        && mailbox.Address.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
        && !mailbox.Address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? mailbox.Address
            : null;
}

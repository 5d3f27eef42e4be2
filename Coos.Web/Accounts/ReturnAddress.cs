namespace Coos.Web.Accounts;

/// <summary>The page to show after signing in.</summary>
internal static class ReturnAddress
{
    /// <summary>Returns the address if it is a path on this server, else the account page; prevents open redirects.</summary>
    public static string Of(string? address) =>
        address is { Length: > 0 and <= 2000 }
        && address[0] == '/'
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.Contains('\\', StringComparison.Ordinal)
        && !address.Any(char.IsControl)
            ? address
            : "/account";
}

namespace Coos.Web.Accounts;

/// <summary>Where people go after signing in.</summary>
internal static class ReturnAddress
{
    /// <summary>The address, where it is one of this server's pages; the account page else, so that no link leads astray.</summary>
    public static string Of(string? address) =>
        address is { Length: > 0 and <= 2000 }
        && address[0] == '/'
        && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.Contains('\\', StringComparison.Ordinal)
        && !address.Any(char.IsControl)
            ? address
            : "/account";
}

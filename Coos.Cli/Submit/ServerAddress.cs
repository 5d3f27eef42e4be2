using System.CommandLine;

namespace Coos.Cli.Submit;

/// <summary>
/// The value of <c>--server</c>: the server's address, with the path that it is served under, such as
/// <c>https://lab.example/coos</c>. The address of one of its pages is understood too.
/// </summary>
internal static class ServerAddress
{
    /// <summary>The first parts of the paths of a server's pages and of its API.</summary>
    private static readonly string[] Pages =
    [
        "benchmarks",
        "submissions",
        "api",
        "compare",
        "docs",
        "account",
        "organise",
        "health",
        "swagger",
    ];

    /// <summary>Finds the server's address.</summary>
    /// <param name="text">The value.</param>
    /// <returns>The address, which ends with a slash; null if it is not an address.</returns>
    public static Uri? Parse(string? text)
    {
        var isAddress = Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!isAddress || address!.Host.Length == 0)
        {
            return null;
        }

        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var page = Array.FindIndex(parts, part => Pages.Contains(part, StringComparer.OrdinalIgnoreCase));
        var path = string.Concat(parts.Take(page < 0 ? parts.Length : page).Select(part => part + "/"));
        return new Uri(address, "/" + path);
    }

    /// <summary>Resolves a link of the server.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="link">
    /// The link. A server behind a proxy that serves it under a path does not know that path, so a link without it is taken as
    /// relative to the server's address.
    /// </param>
    public static Uri Resolve(Uri server, Uri link)
    {
        if (link.IsAbsoluteUri && (link.Host != server.Host || link.Port != server.Port))
        {
            return link;
        }

        var full = new Uri(server, link);
        return full.AbsolutePath.StartsWith(server.AbsolutePath, StringComparison.Ordinal)
            ? full
            : new Uri(server, full.PathAndQuery.TrimStart('/'));
    }

    /// <summary>Rejects a value that is not an address.</summary>
    public static void Validate(Option<string> option) =>
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (Parse(text) is null)
            {
                result.AddError($"{option.Name} {text} is not a valid URL; it must start with http:// or https://");
            }
        });
}

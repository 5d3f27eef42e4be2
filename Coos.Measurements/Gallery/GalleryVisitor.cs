using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Coos.Measurements.Gallery;

/// <summary>Loads pages of images as a browser does: the page, then its pictures over at most six connections.</summary>
internal sealed partial class GalleryVisitor(Uri server) : IDisposable
{
    private const int Connections = 6;

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = Connections,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
        }
    )
    {
        BaseAddress = server,
    };

    /// <summary>Loads a page and all of its pictures.</summary>
    /// <returns>The number of pictures, and the milliseconds until the last one was there.</returns>
    public async Task<(int Pictures, double Milliseconds)> LoadAsync(string page, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var html = await _client.GetStringAsync(new Uri(page, UriKind.Relative), cancellation);
        Uri[] pictures =
        [
            .. Picture().Matches(html).Select(m => new Uri(System.Net.WebUtility.HtmlDecode(m.Groups[1].Value), UriKind.Relative)),
        ];
        await Task.WhenAll(pictures.Select(p => _client.GetByteArrayAsync(p, cancellation)));
        return (pictures.Length, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<img src=\"(/api/[^\"]+)\"")]
    private static partial Regex Picture();
}

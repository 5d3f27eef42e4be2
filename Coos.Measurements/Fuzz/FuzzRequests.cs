using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Coos.Measurements.Server;

namespace Coos.Measurements.Fuzz;

/// <summary>Creates slightly damaged requests. The same seed and number give the same request.</summary>
/// <param name="seed">The seed.</param>
/// <param name="images">The number of images of test1.</param>
/// <param name="submission">The id of an existing submission.</param>
internal sealed class FuzzRequests(int seed, int images, Guid submission)
{
    private const string Boundary = "fuzz-boundary";

    private static readonly string[] Reads =
    [
        "api/benchmarks/{slug}/leaderboard?sort=test1&order=desc&page=2&pageSize=50&q=a&kind=submission",
        "benchmarks/{slug}?sort=createdAt&order=asc&page=1&q=method",
        "?sort=rank&page=1",
        "api/benchmarks/{slug}",
        "api/submissions/{id}",
        "api/submissions/{id}/confusion/test1",
        "api/submissions/{id}/confusion/test1.csv",
        "submissions/{id}/confusion/test1",
        "api/submissions/{id}/wells/test1?true=1",
        "api/submissions/{id}/wells/test1.png?plate=1&true=1",
        "submissions/{id}/plates/test1?true=1&plate=1",
        "benchmarks/{slug}/plates/test1?true=1&plate=1",
        "api/compare?a={id}&b={id}",
        "compare?a={id}&b={id}",
        "benchmarks/{slug}/submit",
        "gallery/{slug}/test1/0.png",
        "swagger/v1/swagger.json",
    ];

    /// <summary>Creates the request with a number.</summary>
    public HttpRequestMessage Create(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var mutator = new Mutator(random);
        return random.Next(10) switch
        {
            < 6 => Upload(random, mutator, number),
            < 8 => Read(random, mutator),
            8 => Json(random, mutator),
            _ => Page(random, mutator, number),
        };
    }

    private HttpRequestMessage Upload(Random random, Mutator mutator, int number)
    {
        var path = random.Next(3) == 0 ? "api/submissions" : "api/submissions/validate";
        return new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = Form(random, mutator, number) };
    }

    /// <summary>Creates a post of the submit page's form, with a forged token.</summary>
    private HttpRequestMessage Page(Random random, Mutator mutator, int number) =>
        new(HttpMethod.Post, new Uri($"benchmarks/{ServerBenchmark.Slug}/submit", UriKind.Relative))
        {
            Content = Form(random, mutator, number),
        };

    private HttpRequestMessage Read(Random random, Mutator mutator)
    {
        var path = Fill(Reads[random.Next(Reads.Length)]);
        var damaged = random.Next(8) == 0 ? Encoding.UTF8.GetBytes(path) : mutator.Mutate(Encoding.UTF8.GetBytes(path));
        var text = new StringBuilder();
        foreach (var b in damaged)
        {
            // Keep characters that are allowed in a URL and encode all others as %XX, occasionally also a letter.
            var isPlain = char.IsAsciiLetterOrDigit((char)b) || "/?&=-._~".Contains((char)b, StringComparison.Ordinal);
            text.Append(isPlain && random.Next(50) != 0 ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return new HttpRequestMessage(
            random.Next(20) == 0 ? HttpMethod.Head : HttpMethod.Get,
            new Uri("/" + text.ToString().TrimStart('/'), UriKind.Relative)
        );
    }

    private HttpRequestMessage Json(Random random, Mutator mutator)
    {
        (HttpMethod Method, string Path)[] calls =
        [
            (HttpMethod.Patch, "api/submissions/{id}"),
            (HttpMethod.Post, "api/submissions/{id}/evaluate"),
            (HttpMethod.Delete, "api/submissions/{id}"),
            (HttpMethod.Put, "api/benchmarks/{slug}/splits/test1/labels"),
            (HttpMethod.Post, "api/submissions"),
        ];
        var (method, path) = calls[random.Next(calls.Length)];
        var body = mutator.Mutate(
            "{\"visibility\":\"private\",\"description\":\"text\",\"paperUrl\":\"https://example.org/\",\"externalData\":true}"u8.ToArray()
        );
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(5) == 0 ? "text/plain" : "application/json");
        return new HttpRequestMessage(method, new Uri(Fill(path), UriKind.Relative)) { Content = content };
    }

    private ByteArrayContent Form(Random random, Mutator mutator, int number)
    {
        // Damage either a part, the form around the parts, or a field.
        var target = random.Next(3);
        var file = File(random, number);
        using var body = new MemoryStream();
        Write(body, "benchmark", null, Encoding.UTF8.GetBytes(ServerBenchmark.Slug));
        Write(body, "method", null, target == 2 ? mutator.Mutate("a method"u8.ToArray()) : "a method"u8.ToArray());
        Write(body, "submitter", null, Encoding.UTF8.GetBytes($"fuzz {random.Next(100)}"));
        Write(body, random.Next(4) == 0 ? "predictions" : "test1", "test1.csv", target == 0 ? mutator.Mutate(file) : file);
        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        var content = new ByteArrayContent(target == 1 ? mutator.Mutate(body.ToArray()) : body.ToArray());
        content.Headers.TryAddWithoutValidation(
            "Content-Type",
            random.Next(50) == 0 ? "multipart/form-data" : $"multipart/form-data; boundary={Boundary}"
        );
        return content;
    }

    private byte[] File(Random random, int number)
    {
        var withProbabilities = random.Next(2) == 0;
        var text = new StringBuilder(withProbabilities ? "image_id,label,p0,p1,p2,p3,p4,p5,p6\n" : "image_id,label\n");
        for (var i = 0; i < images; i++)
        {
            var label = random.Next(7);
            text.Append(CultureInfo.InvariantCulture, $"{i},{label}");
            if (withProbabilities)
            {
                text.Append(string.Concat(Enumerable.Range(0, 7).Select(k => k == label ? ",0.4" : ",0.1")));
            }

            text.Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return (number % 4) switch
        {
            0 => GZip(bytes),
            1 => Zip(bytes),
            _ => bytes,
        };
    }

    private string Fill(string path) =>
        path.Replace("{slug}", ServerBenchmark.Slug, StringComparison.Ordinal)
            .Replace("{id}", submission.ToString(), StringComparison.Ordinal);

    private static void Write(Stream body, string name, string? file, byte[] content)
    {
        body.Write(
            Encoding.ASCII.GetBytes(
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{(file is null ? "" : $"; filename=\"{file}\"")}\r\n\r\n"
            )
        );
        body.Write(content);
        body.Write("\r\n"u8);
    }

    private static byte[] GZip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("test1.csv").Open();
            entry.Write(content);
        }

        return packed.ToArray();
    }
}

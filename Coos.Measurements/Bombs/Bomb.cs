using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Coos.Measurements.Server;

namespace Coos.Measurements.Bombs;

/// <summary>A kind of request that is meant to exhaust the server.</summary>
/// <param name="Name">What it is.</param>
/// <param name="PerClient">The number that each attacker sends at the same time.</param>
/// <param name="SendAsync">Sends one, from an address, and returns the status; 0 for no response.</param>
internal sealed record Bomb(string Name, int PerClient, Func<HttpClient, string, CancellationToken, Task<int>> SendAsync)
{
    private const int Large = 64 << 20;
    private const int HangUpBytes = 3_800_000;

    /// <summary>An empty gzip member: each one costs a new inflater.</summary>
    private static readonly byte[] EmptyMember = Gzip([]);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Bomb> All { get; } =
    [
        new Bomb("none", 0, (_, _, _) => Task.FromResult(0)),
        Upload("gzip in zip", () => Zip(Gzip(Rows()))),
        Upload("gzip in gzip in zip", () => Zip(Gzip(Gzip(Rows())))),
        Upload("zip in gzip", () => Gzip(Zip(Rows()))),
        Upload("empty gzip members", () => Repeat(EmptyMember, 254_000)),
        Upload("header names", () => Zip(Repeat(Member(new string('n', 60_000)), Large))),
        Upload("many entries", ManyEntries),
        new Bomb("anonymous PATCH of 65 MB", 1, PatchAsync),
        new Bomb("slow uploads", 8, SendSlowlyAsync),
        new Bomb("hang-ups of 3.8 MB", 2, HangUpAsync),
    ];

    private static Bomb Upload(string name, Func<byte[]> create)
    {
        var content = new Lazy<byte[]>(create);
        return new Bomb(
            name,
            1,
            async (client, _, cancellation) =>
            {
                using var form = ServerBenchmark.CreateFields("bomb");
                form.Add(new ByteArrayContent(content.Value), "test1", "test1.csv");
                using var response = await client.PostAsync(Relative("api/submissions/validate"), form, cancellation);
                return (int)response.StatusCode;
            }
        );
    }

    private static async Task<int> PatchAsync(HttpClient client, string address, CancellationToken cancellation)
    {
        using var body = new ByteArrayContent(new byte[Large + (1 << 20)]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PatchAsync(Relative($"api/submissions/{Guid.Empty}"), body, cancellation);
        return (int)response.StatusCode;
    }

    /// <summary>Announces a large file and sends a little of it each second.</summary>
    private static async Task<int> SendSlowlyAsync(HttpClient client, string address, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(client, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(HeadOf(client, address, Large)), cancellation);
        for (var sent = 0; sent < Large && !socket.Client.Poll(0, SelectMode.SelectRead); sent += 1 << 10)
        {
            await stream.WriteAsync(new byte[1 << 10], cancellation);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        return await ReadStatusAsync(stream, cancellation);
    }

    /// <summary>Sends a whole upload that takes long to unpack, and closes the connection without waiting for the response.</summary>
    private static async Task<int> HangUpAsync(HttpClient client, string address, CancellationToken cancellation)
    {
        var body = HangUpBody.Value;
        using var socket = await ConnectAsync(client, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(HeadOf(client, address, body.Length)), cancellation);
        await stream.WriteAsync(body, cancellation);
        await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        return 0;
    }

    private static readonly Lazy<byte[]> HangUpBody = new(() =>
    {
        var head = Encoding.ASCII.GetBytes(
            $"--b\r\nContent-Disposition: form-data; name=\"benchmark\"\r\n\r\n{ServerBenchmark.Slug}\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nbomb\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"submitter\"\r\n\r\nbomb\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"test1\"; filename=\"test1.csv\"\r\n\r\n"
        );
        return [.. head, .. Repeat(EmptyMember, HangUpBytes), .. Encoding.ASCII.GetBytes("\r\n--b--\r\n")];
    });

    private static async Task<TcpClient> ConnectAsync(HttpClient client, CancellationToken cancellation)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port, cancellation);
        return socket;
    }

    private static string HeadOf(HttpClient client, string address, int length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/submissions/validate HTTP/1.1\r\nHost: {client.BaseAddress!.Authority}\r\nX-Forwarded-For: {address}\r\n"
                + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n\r\n"
        );

    private static async Task<int> ReadStatusAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[16];
        var read = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, cancellation);
        return read >= 12 && int.TryParse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;
    }

    /// <summary>Millions of rows, all of which are problems.</summary>
    private static byte[] Rows() => [.. "image_id,label\n"u8, .. Repeat("0,0\n"u8.ToArray(), Large - 100)];

    private static byte[] Repeat(byte[] part, int length)
    {
        var all = new byte[length / part.Length * part.Length];
        for (var i = 0; i < all.Length; i += part.Length)
        {
            part.CopyTo(all, i);
        }

        return all;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        // GZipStream writes nothing at all for no content.
        return packed.Length > 0 ? packed.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    /// <summary>An empty gzip member with a file name in its header.</summary>
    private static byte[] Member(string name) =>
        [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, .. Encoding.ASCII.GetBytes(name), 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Zip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("test1.csv").Open();
            entry.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] ManyEntries()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 60_000; i++)
            {
                zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{i}.csv"));
            }
        }

        return packed.ToArray();
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}

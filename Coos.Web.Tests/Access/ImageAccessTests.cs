using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Who may see images, and who may see their labels.</summary>
[OneDatabase]
public sealed class ImageAccessTests
{
    private const string Picture = "/api/benchmarks/tiny/splits/test1/images/a-0.png";
    private const string Plain = "/api/benchmarks/tiny/splits/test1/images?order=id";
    private const string Hardest = "/api/benchmarks/tiny/splits/test1/images";
    private const string Page = "/benchmarks/tiny/images/test1/a-0";
    private const string Tiff = "/api/benchmarks/tiny/splits/test1/images/a-0.tif";

    /// <summary>The lists as files, which must show no more than the lists.</summary>
    private static readonly string[] Endings = [".csv", ".svg", ".png", ".zip"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_only_organisers_see_images_and_labels()
    {
        await using var server = await StartAsync("");
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, Picture));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, Plain));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, Page));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(organiser, Picture));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(organiser, Hardest));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, Tiff));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(organiser, Tiff));
        foreach (var ending in Endings)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, $"{Hardest}{ending}?order=id"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(organiser, Hardest + ending));
        }
    }

    [Fact]
    public async Task Participants_see_images_but_no_labels()
    {
        await using var server = await StartAsync("\"images\": \"participants\"");
        using var account = await (await TestAccount.RegisterAsync(server, "Example Lab")).CreateClientAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Client, Picture));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(account, Picture));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(account, Hardest));
        var list = await account.GetJsonAsync(Plain);
        Assert.Equal(6, (int)list["total"]!);
        Assert.Equal(
            ["id", "links"],
            list["images"]!.AsArray().SelectMany(i => i!.AsObject().Select(p => p.Key)).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(account, Tiff));
        foreach (var ending in Endings)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Client, $"{Hardest}{ending}?order=id"));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(account, Hardest + ending));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(account, $"{Hardest}{ending}?order=id&true=1"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(account, $"{Hardest}{ending}?order=id"));
        }

        Assert.Equal(
            "image_id,split,plate,well,position,true,predicted,confidence,wrong_share\na-0,test1,,,,,,,\n",
            string.Concat((await account.GetStringAsync(Hardest + ".csv?order=id", Cancellation)).Split('\n').Take(2).Select(l => l + '\n'))
        );
    }

    [Fact]
    public async Task Participants_of_a_benchmark_with_approval_need_it()
    {
        await using var server = await StartAsync("\"images\": \"participants\", \"participation\": { \"approval\": true }");
        using var account = await (await TestAccount.RegisterAsync(server, "Example Lab")).CreateClientAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(account, Picture));
    }

    [Fact]
    public async Task An_entry_does_not_tell_which_images_it_gets_wrong_while_labels_are_secret()
    {
        await using var server = await StartAsync("\"images\": \"public\"");
        var scored = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Example Lab", "ViT").Test1(0, 0, 1, 1, 2, 0));
        var list = $"/submissions/{scored["id"]}/images/test1?true=2&predicted=0";

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.Client, Picture));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, "/api" + list));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, list));
        foreach (var ending in Endings)
        {
            var file = $"/api/submissions/{scored["id"]}/images/test1{ending}";
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, file));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server.Client, file + "?true=2&predicted=0"));
        }

        Assert.DoesNotContain(
            "/images/test1?true=",
            await server.Client.GetStringAsync($"/submissions/{scored["id"]}/confusion/test1", Cancellation),
            StringComparison.Ordinal
        );
    }

    /// <summary>Everything that a visitor can read about images is the same, byte by byte, whatever the labels are.</summary>
    [Fact]
    public async Task Images_do_not_tell_held_out_labels()
    {
        string[] addresses =
        [
            Picture,
            Plain,
            Hardest,
            Page,
            "/benchmarks/tiny/images/test1",
            "/benchmarks/tiny/images/test1?true=1",
            "/api/benchmarks/tiny/splits/test1/images/a-5.png?channels=1&contrast=2",
            Tiff,
            .. Endings.Select(e => Hardest + e),
            .. Endings.Select(e => $"{Hardest}{e}?order=id"),
            .. Endings.Select(e => $"{Hardest}{e}?order=id&true=1"),
            .. Endings.Select(e => $"{Hardest}{e}?order=id&predicted=1"),
        ];
        var first = await ReadAllAsync(addresses, "0,0,1,1,2,2");
        var second = await ReadAllAsync(addresses, "2,1,0,2,1,0");

        Assert.Equal(first, second);

        static async Task<List<string>> ReadAllAsync(IEnumerable<string> addresses, string labels)
        {
            await using var server = new TestServer();
            await GuardedManifest.WriteAsync(server, "\"images\": \"public\"");
            var lines = labels.Split(',').Select((label, i) => $"a-{i},{label}\n");
            await File.WriteAllTextAsync(
                Path.Combine(server.Tiny, "labels", "test1.csv"),
                "image_id,label\n" + string.Concat(lines),
                Cancellation
            );
            TinyImages.WriteTo(server, labels: labels.Replace(",", "", StringComparison.Ordinal));
            await server.StartAsync(settings: ["--Coos:PublicAddress=https://coos.example.org"]);
            var texts = new List<string>();
            foreach (var address in addresses)
            {
                using var response = await server.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
                var content = Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Cancellation));
                texts.Add($"{address} {response.StatusCode} {RemoveTrace(content)}");
            }

            return texts;
        }
    }

    /// <summary>Removes the trace id of a problem, which differs between any two responses.</summary>
    private static string RemoveTrace(string hex)
    {
        var text = System.Text.Encoding.Latin1.GetString(Convert.FromHexString(hex));
        var start = text.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return start < 0 ? text : text[..start];
    }

    private static async Task<TestServer> StartAsync(string properties)
    {
        var server = new TestServer();
        if (properties.Length > 0)
        {
            await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", $"\"disclosure\": \"open\", {properties}");
        }

        TinyImages.WriteTo(server);
        await server.StartAsync();
        return server;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        return response.StatusCode;
    }
}

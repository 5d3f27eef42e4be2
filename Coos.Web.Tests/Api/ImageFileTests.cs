using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Lists of images as CSV, contact sheets, and archives of TIFF files.</summary>
[Collection(ServerCollection.Name)]
[OneDatabase]
public sealed class ImageFileTests(CoosFixture server)
{
    private const string Simulated = "/api/benchmarks/coos-sim/splits/test4/images";
    private const string Tiny = "/api/benchmarks/tiny/splits/test1/images";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_has_all_pages_of_the_list_in_its_order()
    {
        var entry = await FindEntryAsync();
        var csv = await ReadLinesAsync($"/api/submissions/{entry}/images/test4.csv?true=4");
        var rows = new List<string>();
        for (var page = 1; page <= 8; page++)
        {
            var list = await server.Client.GetJsonAsync($"/api/submissions/{entry}/images/test4?true=4&page={page}");
            rows.AddRange(
                list["images"]!
                    .AsArray()
                    .Select(i =>
                        $"{i!["id"]},test4,{i["plate"]},{i["well"]},{i["position"]},Endosome,"
                        + string.Create(CultureInfo.InvariantCulture, $"class {i["predicted"]},{(double)i["confidence"]!:0.######}")
                    )
            );
        }

        string[] classes = ["ER", "IMM", "Golgi", "Perox.", "Endosome", "Cytosol", "Nuc. env."];
        Assert.Equal("image_id,split,plate,well,position,true,predicted,confidence,wrong_share", csv[0]);
        Assert.True(rows.Count > 400);
        Assert.Equal(
            rows.Select(r =>
                classes.Index().Aggregate(r, (row, k) => row.Replace($"class {k.Index},", k.Item + ",", StringComparison.Ordinal))
            ),
            csv.Skip(1).Select(l => l[..l.LastIndexOf(',')])
        );
    }

    [Fact]
    public async Task A_contact_sheet_is_a_whole_picture_of_one_page()
    {
        var entry = await FindEntryAsync();
        var list = await server.Client.GetJsonAsync($"/api/submissions/{entry}/images/test4?true=4&predicted=3");
        var ids = list["images"]!.AsArray().Select(i => (string)i!["id"]!).ToList();
        var address = $"/api/submissions/{entry}/images/test4.svg?true=4&predicted=3";
        var svg = XDocument.Parse(await server.Client.GetStringAsync(address, Cancellation)).Root!;
        var texts = svg.Descendants(Svg + "text").Select(t => t.Value).ToHashSet();
        var pictures = svg.Descendants(Svg + "image").Select(i => (string)i.Attribute("href")!).ToList();
        var png = await server.Client.GetByteArrayAsync(address.Replace(".svg", ".png", StringComparison.Ordinal), Cancellation);

        Assert.Contains("Early Endosome predicted as Peroxisomes, Test4 of COOS-7 simulated", texts);
        Assert.Empty(new[] { "protein", "nucleus", "Endosome as Perox." }.Concat(ids).Except(texts));
        Assert.Equal(ids.Count, pictures.Count);
        Assert.All(pictures, p => Assert.StartsWith("data:image/png;base64,iVBOR", p, StringComparison.Ordinal));
        Assert.Equal(
            (2 * (int)svg.Attribute("width")!, 2 * (int)svg.Attribute("height")!),
            (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)))
        );
    }

    [Fact]
    public async Task A_contact_sheet_follows_channels_and_contrast()
    {
        var usual = await server.Client.GetByteArrayAsync($"{Simulated}.png?order=id&page=2", Cancellation);
        var other = await server.Client.GetStringAsync($"{Simulated}.svg?order=id&page=2&channels=nucleus&contrast=2", Cancellation);
        var grey = XDocument.Parse(other).Root!;

        Assert.NotEqual(usual, await server.Client.GetByteArrayAsync($"{Simulated}.png?order=id&page=2&contrast=2", Cancellation));
        Assert.NotEqual(usual, await server.Client.GetByteArrayAsync($"{Simulated}.png?order=id&page=3", Cancellation));
        Assert.Equal("#ffffff", (string?)grey.Descendants(Svg + "stop").Last().Attribute("stop-color"));
        Assert.DoesNotContain(grey.Descendants(Svg + "text"), t => t.Value == "protein");
        Assert.Contains(
            grey.Descendants(Svg + "text"),
            t => t.Value.StartsWith("Images 61 to 120, in the order", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(".csv?true=7", 400, "true is \"7\"; allowed: 0 to 6")]
    [InlineData(".zip?order=size", 400, "order is \"size\"; allowed: hardest, id")]
    [InlineData(".png?channels=membrane", 400, "channels is \"membrane\"; allowed: composite, protein, nucleus")]
    [InlineData(".svg?contrast=9", 400, "contrast is \"9\"; allowed: a number from 0.25 to 8")]
    [InlineData(".png?page=99", 404, "has no images, so there is nothing to draw")]
    public async Task What_cannot_be_a_file_is_named(string ending, int status, string message)
    {
        using var response = await server.Client.GetAsync(new Uri(Simulated + ending, UriKind.Relative), Cancellation);
        var problem = await response.ReadTextAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, problem.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_has_at_most_the_first_1000_images_and_says_so()
    {
        using var zip = await ReadZipAsync(server.Client, Simulated + ".zip?order=id");
        var manifest = ReadText(zip, "manifest.csv").TrimEnd().Split('\n');
        var readme = ReadText(zip, "README.txt");

        Assert.Equal(1002, zip.Entries.Count);
        Assert.Equal(1001, manifest.Length);
        Assert.StartsWith("images/0001_0.tif,0,test4,6,", manifest[1], StringComparison.Ordinal);
        Assert.StartsWith("images/1000_999.tif,999,test4,6,", manifest[1000], StringComparison.Ordinal);
        Assert.Contains("the first 1,000 of them, which is the maximum", readme, StringComparison.Ordinal);
        Assert.Contains("Source:   http://", readme, StringComparison.Ordinal);
        Assert.Contains("/benchmarks/coos-sim/images/test4?order=id\n", readme, StringComparison.Ordinal);
        Assert.Contains("The images are simulated.", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_have_all_samples_and_a_damaged_image_is_named_in_the_manifest()
    {
        await using var own = await StartTinyAsync();
        await own.Client.GetByteArrayAsync(Tiny + "/a-0.png", Cancellation);
        await File.WriteAllTextAsync(TinyImages.FileOf(own, 4, "protein"), "not a TIFF file", Cancellation);
        using var zip = await ReadZipAsync(own.Client, Tiny + ".zip?order=id");
        using var again = await ReadZipAsync(own.Client, Tiny + ".zip?order=id");
        using var tiff = new MemoryStream();
        await (await zip.GetEntry("images/0004_a-3.tif")!.OpenAsync(Cancellation)).CopyToAsync(tiff, Cancellation);
        var single = await own.Client.GetByteArrayAsync(Tiny + "/a-3.tif", Cancellation);
        var sheet = await own.Client.GetStringAsync(Tiny + ".svg?order=id", Cancellation);

        string[] files = ["0001_a-0", "0002_a-1", "0003_a-2", "0004_a-3", "0006_a-5"];
        Assert.Equal(["README.txt", .. files.Select(f => $"images/{f}.tif"), "manifest.csv"], zip.Entries.Select(e => e.FullName));
        Assert.Equal(zip.Entries.Select(e => e.Crc32), again.Entries.Select(e => e.Crc32));
        Assert.Contains("\nimages/0004_a-3.tif,a-3,test1,,,,S,,,,\n", ReadText(zip, "manifest.csv"), StringComparison.Ordinal);
        Assert.Contains(
            "\n,a-4,test1,,,,\"L, t\",,,,The file with image a-4 of Test1 is damaged or was removed. The server's log has the cause.\n",
            ReadText(zip, "manifest.csv"),
            StringComparison.Ordinal
        );
        Assert.Equal(tiff.ToArray(), single);
        foreach (var channel in new[] { 1, 2 })
        {
            var samples = Enumerable.Range(0, 64).SelectMany(p => BitConverter.GetBytes((ushort)((100 * channel) + 120 + p))).ToArray();
            Assert.True(single.AsSpan().IndexOf(samples) > 0);
        }

        Assert.Contains("Image cannot be read", sheet, StringComparison.Ordinal);
        Assert.Equal(5, XDocument.Parse(sheet).Descendants(Svg + "image").Count());
    }

    [Fact]
    public async Task A_damaged_image_has_no_TIFF()
    {
        await using var own = await StartTinyAsync();
        await own.Client.GetByteArrayAsync(Tiny + "/a-0.png", Cancellation);
        File.Delete(TinyImages.FileOf(own, 5, "nucleus"));
        using var response = await own.Client.GetAsync(new Uri(Tiny + "/a-5.tif", UriKind.Relative), Cancellation);
        using var none = await own.Client.GetAsync(new Uri(Tiny + ".zip?true=0&predicted=1", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Pages_link_to_the_files_of_what_they_show()
    {
        var entry = await FindEntryAsync();
        var page = await server.Client.GetStringAsync($"/submissions/{entry}/images/test4?predicted=3&page=2&contrast=2", Cancellation);
        var split = await server.Client.GetStringAsync("/benchmarks/coos-sim/images/test4?order=id", Cancellation);
        var image = await server.Client.GetStringAsync("/benchmarks/coos-sim/images/test4/157", Cancellation);

        var api = $"href=\"/api/submissions/{entry}/images/test4";
        Assert.Contains($"{api}.csv?predicted=3\"", page, StringComparison.Ordinal);
        Assert.Contains($"{api}.png?predicted=3&amp;page=2&amp;contrast=2\"", page, StringComparison.Ordinal);
        Assert.Contains($"{api}.svg?predicted=3&amp;page=2&amp;contrast=2\"", page, StringComparison.Ordinal);
        Assert.Contains($"{api}.zip?predicted=3\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Simulated}.zip?order=id\"", split, StringComparison.Ordinal);
        Assert.Contains("The first 1,000 images", split, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Simulated}/157.tif\"", image, StringComparison.Ordinal);
    }

    private static async Task<TestServer> StartTinyAsync()
    {
        var own = new TestServer();
        await own.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"labelsPublic\": true, \"images\": \"public\"");
        TinyImages.WriteTo(own);
        await own.StartAsync();
        return own;
    }

    private static async Task<ZipArchive> ReadZipAsync(HttpClient client, string address) =>
        new(new MemoryStream(await client.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancellation)));

    private static string ReadText(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private async Task<string[]> ReadLinesAsync(string address) =>
        (await server.Client.GetStringAsync(new Uri(address, UriKind.Relative), Cancellation)).TrimEnd('\n').Split('\n');

    private async Task<string> FindEntryAsync()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?q=kNN");
        return (string)board["rows"]!.AsArray().First(r => ((string)r!["method"]!).StartsWith("DeepLoc", StringComparison.Ordinal))!["id"]!;
    }
}

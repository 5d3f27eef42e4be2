using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The validation in the browser reports the same problems as the server; each has its own implementation of the rules.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BrowserValidationTests(CoosFixture server, BrowserFixture browser)
{
    private static readonly string Valid = TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 2);

    /// <summary>A file larger than the browser or the server decompresses at once.</summary>
    private static readonly string Strangers =
        "image_id,label\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919 % 104_729},{i % 3}\n"));

    /// <summary>Files for test1 of the tiny benchmark that violate each rule of the format.</summary>
    public static TheoryData<string, byte[]> Files =>
        new()
        {
            {
                "in order",
                Text(
                    "image_id,label\na-0,0\na-1,round\na-2,L, t\n".Replace("L, t", "\"L, t\"", StringComparison.Ordinal)
                        + "a-3,1\na-4,2\r\na-5,2"
                )
            },
            { "empty", Text("") },
            { "blank", Text("\n\n") },
            { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("image_id,label\na-0,0\n")).ToArray() },
            { "Latin-1", Encoding.Latin1.GetBytes("image_id,label\na-0,Caf\u00E9\na-1,1\n") },
            { "byte order mark and semicolons", Text("\uFEFFimage_id;label\na-0;0\na-1;1\na-2;1\na-3;1\na-4;2\na-5;0\n") },
            { "no header", Text("a-0,0\na-1,1\n") },
            { "columns", Text("Image_ID,label,score,label\na-0,0,1,0\n") },
            { "no label", Text("image_id\na-0\n") },
            { "some probabilities", Text("image_id,p0,p2\na-0,0.5,0.5\n") },
            { "fields and quotes", Text("image_id,label\na-0\na-1,1,1\n\"a-2,1\n\"a-3\"x,1\na-4,2\na-5,2\n") },
            { "ids and classes", Text("image_id,label\na-0,3\na-0,0\n a-1,1\na-9,1\n\na-2,1.0\na-3,Squares\na-4, 2\n") },
            {
                "probabilities",
                Text(
                    "image_id,p0,p1,p2\na-0,1.5,NaN,half\na-1,0.5,0.4,0\na-2,2.5e-1,0.25,.5\na-3,,0,1\n"
                        + "a-4,0.3334,0.3333,0.3333\na-5,0,0,1\n"
                )
            },
            { "another set's", Text("image_id,label\nb-0,0\nb-1,1\nb-2,2\nb-3,0\nb-4,1\nb-5,2\n") },
            { "gzip", Packed.GZip(TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 9)) },
            { "gzip, cut short", Packed.GZip(Valid)[..^20] },
            { "gzip, cut in its checksum", Packed.GZip(Valid)[..^3] },
            { "gzip, cut in its header", Packed.GZip(Valid)[..7] },
            { "gzip, cut after many lines with problems", Packed.GZip(Strangers)[..^20] },
            { "gzip, of another checksum", FlipBit(Packed.GZip(Valid), ^8) },
            { "gzip, damaged", FlipBit(Packed.GZip(Strangers), 2_000) },
            { "gzip, and more", [.. Packed.GZip(Valid), .. Text("image_id,label\n")] },
            { "gzip of two members", [.. Packed.GZip("image_id,label\na-0,0\na-1,1\na-2,"), .. Packed.GZip("2\na-3,1\na-4,2\na-5,2\n")] },
        };

    /// <summary>Both validations must report the same problems of a file.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_browser_reports_the_problems_of_the_server(string what, byte[] content)
    {
        var page = await browser.OpenAsync(server.Address);
        await page.GotoAsync($"/benchmarks/{TinyBenchmark.Slug}/submit");
        var found = JsonNode
            .Parse(
                await page.EvaluateAsync<string>(
                    """
                    async content => {
                      const { readPredictions } = await import("/js/predictions.js");
                      const { Rules } = await import("/js/checks.js");
                      const form = document.querySelector("form[data-submit]");
                      const rules = new Rules(form);
                      const bytes = Uint8Array.from(atob(content), c => c.charCodeAt(0));
                      const options = { split: "test1", classes: rules.classes, maxBytes: rules.maxBytes, ids: await rules.allIds() };
                      const { problems } = await readPredictions(new Blob([bytes]), options);
                      return JSON.stringify(problems.items.map(p => [p.line ?? null, p.column ?? null, p.code]));
                    }
                    """,
                    Convert.ToBase64String(content)
                )
            )!
            .AsArray();
        using var response = await server.Client.ValidateAsync(UploadForm.Tiny("Same words").File("test1", content));
        var expected = (JsonNode.Parse(await response.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray(
            e!["line"]?.DeepClone(),
            e["column"]?.DeepClone(),
            (string?)e["code"]
        ));

        // Columns are compared for problems of one column; for problems of a line the server may choose any.
        Assert.True(
            expected.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', expected.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}"
        );
    }

    /// <summary>Zips, with the part that they are uploaded as.</summary>
    public static TheoryData<string, string, string[]> Zips =>
        new()
        {
            { "in order", "predictions", ["test1.csv", "test2.csv"] },
            { "in a folder", "predictions", ["out/test1.csv"] },
            { "with a stranger, noise and one twice", "predictions", ["test1.csv", "test9.csv", "__MACOSX/._test1.csv", "test1.csv.gz"] },
            { "several as one", "test1", ["test1.csv", "test2.csv"] },
            { "one of any name", "test2", ["results.txt"] },
            { "of another kind", "predictions", ["test1.txt"] },
        };

    [Theory]
    [MemberData(nameof(Zips))]
    public Task The_browser_reports_the_problems_of_the_server_for_zips(string what, string part, string[] names) =>
        AssertSameAsync(what, part, Zip(names));

    /// <summary>Zips of test1 and test2 whose first entry is damaged at a given place.</summary>
    [Theory]
    [InlineData("another checksum", 16, true)]
    [InlineData("another length", 24, true)]
    [InlineData("damaged data", 44, false)]
    public Task The_browser_reports_damaged_zip_entries_like_the_server(string what, int place, bool isInDirectory)
    {
        var zip = Zip("test1.csv", "test2.csv");
        return AssertSameAsync(what, "predictions", FlipBit(zip, isInDirectory ? zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + place : place));
    }

    private async Task AssertSameAsync(string what, string part, byte[] zip)
    {
        var page = await browser.OpenAsync(server.Address);
        await page.GotoAsync($"/benchmarks/{TinyBenchmark.Slug}/submit");
        var found = JsonNode
            .Parse(
                await page.EvaluateAsync<string>(
                    """
                    async ([content, part]) => {
                      const { readZip } = await import("/js/zip.js");
                      const { Rules } = await import("/js/checks.js");
                      const rules = new Rules(document.querySelector("form[data-submit]"));
                      const bytes = Uint8Array.from(atob(content), c => c.charCodeAt(0));
                      const { problems } = await readZip(new Blob([bytes]), part, rules);
                      return JSON.stringify(problems.items.map(p => [p.file, p.line ?? null, p.code]));
                    }
                    """,
                    new[] { Convert.ToBase64String(zip), part }
                )
            )!
            .AsArray();
        using var response = await server.Client.ValidateAsync(UploadForm.Tiny("Same words of zips").File(part, zip, "a.zip"));
        var expected = (JsonNode.Parse(await response.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray(
            (string?)e!["file"],
            e["line"]?.DeepClone(),
            (string?)e["code"]
        ));

        Assert.True(
            expected.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', expected.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}"
        );
    }

    /// <summary>Creates a zip with valid predictions for each name; a single file of test2 has an unknown class in its last line.</summary>
    private static byte[] Zip(params string[] names)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                var text = name.Contains('1', StringComparison.Ordinal)
                    ? TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 2)
                    : TinyBenchmark.Predictions("test2", 0, 1, 2, 0, 1, names.Length == 1 ? 9 : 2);
                entry.Write(name.EndsWith(".gz", StringComparison.Ordinal) ? Packed.GZip(text) : Text(text));
            }
        }

        return packed.ToArray();
    }

    private static byte[] FlipBit(byte[] content, Index place)
    {
        content[place] ^= 0x11;
        return content;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}

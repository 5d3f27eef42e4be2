using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The check in the browser and the server's never tell different things of a file: the rules stand in both.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SameProblemsTests(CoosFixture server, BrowserFixture browser)
{
    private static readonly string Whole = TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 2);

    /// <summary>More than a browser or the server unpacks at once.</summary>
    private static readonly string Strangers =
        "image_id,label\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919 % 104_729},{i % 3}\n"));

    /// <summary>Files that break each rule of the format, for test1 of the tiny benchmark.</summary>
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
                    "image_id,p0,p1,p2\na-0,1.5,NaN,half\na-1,0.5,0.4,0\na-2,2.5e-1,0.25,.5\na-3,,0,1\na-4,0.3334,0.3333,0.3333\na-5,0,0,1\n"
                )
            },
            { "another set's", Text("image_id,label\nb-0,0\nb-1,1\nb-2,2\nb-3,0\nb-4,1\nb-5,2\n") },
            { "gzip", Packed.GZip(TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 9)) },
            { "gzip, cut short", Packed.GZip(Whole)[..^20] },
            { "gzip, cut in its checksum", Packed.GZip(Whole)[..^3] },
            { "gzip, cut in its header", Packed.GZip(Whole)[..7] },
            { "gzip, cut after many lines with problems", Packed.GZip(Strangers)[..^20] },
            { "gzip, of another checksum", Flipped(Packed.GZip(Whole), ^8) },
            { "gzip, damaged", Flipped(Packed.GZip(Strangers), 2_000) },
            { "gzip, and more", [.. Packed.GZip(Whole), .. Text("image_id,label\n")] },
            { "gzip of two members", [.. Packed.GZip("image_id,label\na-0,0\na-1,1\na-2,"), .. Packed.GZip("2\na-3,1\na-4,2\na-5,2\n")] },
        };

    /// <summary>The check in the browser and the server's must never tell different things of a file.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_browser_finds_what_the_server_finds(string what, byte[] content)
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
                      const { problems } = await readPredictions(new Blob([bytes]), { split: "test1", classes: rules.classes, maxBytes: rules.maxBytes, ids: await rules.allIds() });
                      return JSON.stringify(problems.items.map(p => [p.line ?? null, p.column ?? null, p.code]));
                    }
                    """,
                    Convert.ToBase64String(content)
                )
            )!
            .AsArray();
        using var answer = await server.Client.ValidateAsync(UploadForm.Tiny("Same words").File("test1", content));
        var said = (JsonNode.Parse(await answer.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray(
            e!["line"]?.DeepClone(),
            e["column"]?.DeepClone(),
            (string?)e["code"]
        ));

        // The column is told for what is a column's; which one is the server's choice where a whole line is wrong.
        Assert.True(
            said.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', said.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}"
        );
    }

    /// <summary>Zips for the part that is named.</summary>
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
    public Task The_browser_finds_in_a_zip_what_the_server_finds(string what, string part, string[] names) =>
        AssertSameAsync(what, part, Zip(names));

    /// <summary>Zips of test1 and test2 whose first file is not what the zip says, by where they are damaged.</summary>
    [Theory]
    [InlineData("another checksum", 16, true)]
    [InlineData("another length", 24, true)]
    [InlineData("damaged data", 44, false)]
    public Task The_browser_finds_a_damaged_file_of_a_zip_as_the_server_does(string what, int place, bool isInDirectory)
    {
        var zip = Zip("test1.csv", "test2.csv");
        return AssertSameAsync(what, "predictions", Flipped(zip, isInDirectory ? zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + place : place));
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
        using var answer = await server.Client.ValidateAsync(UploadForm.Tiny("Same words of zips").File(part, zip, "a.zip"));
        var said = (JsonNode.Parse(await answer.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray(
            (string?)e!["file"],
            e["line"]?.DeepClone(),
            (string?)e["code"]
        ));

        Assert.True(
            said.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', said.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}"
        );
    }

    /// <summary>A zip of files by their names, whole predictions; of a single file of test2 the last line names no class.</summary>
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

    private static byte[] Flipped(byte[] content, Index place)
    {
        content[place] ^= 0x11;
        return content;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The submit page where something is not as it should be: a file, a name, a line, a hand.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SubmitStatesTests(CoosFixture server, BrowserFixture browser)
{
    private const string Validate = "**/api/submissions/validate";
    private const string Post = "**/api/submissions";

    /// <summary>Files that break each rule of the format, for test1 of the tiny benchmark.</summary>
    public static TheoryData<string, byte[]> Files => new()
    {
        { "in order", Text("image_id,label\na-0,0\na-1,round\na-2,L, t\n".Replace("L, t", "\"L, t\"", StringComparison.Ordinal) + "a-3,1\na-4,2\r\na-5,2") },
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
        { "probabilities", Text("image_id,p0,p1,p2\na-0,1.5,NaN,half\na-1,0.5,0.4,0\na-2,2.5e-1,0.25,.5\na-3,,0,1\na-4,0.3334,0.3333,0.3333\na-5,0,0,1\n") },
        { "another set's", Text("image_id,label\nb-0,0\nb-1,1\nb-2,2\nb-3,0\nb-4,1\nb-5,2\n") },
        { "gzip", GZip(TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 9)) },
    };

    /// <summary>The check in the browser and the server's must never tell different things of a file.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_browser_finds_what_the_server_finds(string what, byte[] content)
    {
        var page = await browser.OpenAsync(server.Address);
        await page.GotoAsync($"/benchmarks/{TinyBenchmark.Slug}/submit");
        var found = JsonNode.Parse(await page.EvaluateAsync<string>(
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
            Convert.ToBase64String(content)))!.AsArray();
        using var answer = await server.Client.ValidateAsync(UploadForm.Tiny("Same words").File("test1", content));
        var said = (JsonNode.Parse(await answer.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray(e!["line"]?.DeepClone(), e["column"]?.DeepClone(), (string?)e["code"]));

        // The column is told for what is a column's; which one is the server's choice where a whole line is wrong.
        Assert.True(
            said.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', said.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}");
    }

    /// <summary>Zips for the part that is named.</summary>
    public static TheoryData<string, string, string[]> Zips => new()
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
    public async Task The_browser_finds_in_a_zip_what_the_server_finds(string what, string part, string[] names)
    {
        var zip = Zip(names);
        var page = await browser.OpenAsync(server.Address);
        await page.GotoAsync($"/benchmarks/{TinyBenchmark.Slug}/submit");
        var found = JsonNode.Parse(await page.EvaluateAsync<string>(
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
            new[] { Convert.ToBase64String(zip), part }))!.AsArray();
        using var answer = await server.Client.ValidateAsync(UploadForm.Tiny("Same words of zips").File(part, zip, "a.zip"));
        var said = (JsonNode.Parse(await answer.ReadTextAsync())!["errors"]?.AsArray() ?? []).Select(e => new JsonArray((string?)e!["file"], e["line"]?.DeepClone(), (string?)e["code"]));

        Assert.True(
            said.Select(e => e.ToJsonString()).SequenceEqual(found.Select(e => e!.ToJsonString())),
            $"{what}\nserver:  {string.Join(' ', said.Select(e => e.ToJsonString()))}\nbrowser: {found.ToJsonString()}");
    }

    [Fact]
    public async Task Problems_are_shown_before_the_server_has_the_file()
    {
        var page = await browser.OpenAsync(server.Address);
        var asked = new TaskCompletionSource();
        await page.RouteAsync(Validate, async route =>
        {
            await asked.Task;
            await route.ContinueAsync();
        });
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", "image_id,label\na-0,0\na-1,7\na-2,1\na-3,1\na-4,2\na-5,2\n");

        Assert.Equal("1 problem, listed below", await submit.StateAsync("test1"));
        Assert.StartsWith("test1 3 label \"7\" is no class", Assert.Single(await submit.ProblemsAsync()), StringComparison.Ordinal);
        Assert.Contains("Found here before anything was sent.", await page.Locator(".problems").InnerTextAsync(), StringComparison.Ordinal);
        asked.SetResult();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("Nothing was stored.");
        Assert.Single(await submit.ProblemsAsync());
    }

    [Fact]
    public async Task A_file_of_another_test_set_is_moved_there_by_a_button()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Move it to Test2" }).ClickAsync();

        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
        await Assertions.Expect(page.Locator(".file[data-split=test1] .state")).ToHaveTextAsync("6 images");
        await Assertions.Expect(page.Locator(".problems")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_name_that_says_nothing_is_no_hindrance_where_the_ids_say_it()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseSeveralAsync(
            ("results.csv", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2)),
            ("run-a-test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 2)),
            ("run-b-test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 1)));

        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
        await Assertions.Expect(page.Locator("[data-drop] .state")).ToHaveTextAsync("run-a-test1.csv and run-b-test1.csv are all for Test1; choose one of them there.");
        await Assertions.Expect(page.Locator(".file[data-split=test1] .state")).ToHaveTextAsync("6 images");
    }

    [Fact]
    public async Task Files_are_dropped_on_the_page()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.GotoAsync($"/benchmarks/{TinyBenchmark.Slug}/submit");
        var dropped = await page.EvaluateHandleAsync(
            """
            texts => {
              const transfer = new DataTransfer();
              for (const [name, text] of Object.entries(texts)) transfer.items.add(new File([text], name));
              return transfer;
            }
            """,
            new Dictionary<string, string>
            {
                ["a test1.csv"] = TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 2),
                ["b.csv"] = TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2),
            });
        await page.DispatchEventAsync("[data-drop]", "drop", new { dataTransfer = dropped });

        var submit = new SubmitPageObject(page);
        Assert.Equal("6 images, complete", await submit.StateAsync("test1"));
        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
    }

    [Fact]
    public async Task What_is_known_to_be_wrong_is_not_sent()
    {
        var page = await browser.OpenAsync(server.Address);
        var sent = 0;
        await page.RouteAsync(Post, route =>
        {
            sent++;
            return route.ContinueAsync();
        });
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Wrong", "States");
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("No file is chosen.");
        await submit.ChooseTextAsync("test1", "image_id,label\n");
        Assert.Equal("6 problems, listed below", await submit.StateAsync("test1"));
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("Test1: mend the file and choose it again, or remove it.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove the file of Test1" }).ClickAsync();

        await Assertions.Expect(page.Locator(".problems")).Not.ToContainTextAsync("missing-image");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task Two_presses_submit_once()
    {
        var page = await browser.OpenAsync(server.Address);
        var sent = 0;
        await page.RouteAsync(Post, async route =>
        {
            sent++;
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            await route.ContinueAsync();
        });
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Pressed twice", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 2, 1, 1, 2, 0));
        await submit.StateAsync("test1");
        await page.EvaluateAsync("() => { const b = document.querySelector('button[value=private]'); b.click(); b.click(); }");
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Whoever_comes_back_finds_the_form_unlocked()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Back again", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 0, 1, 1, 2, 0));
        await submit.StateAsync("test1");
        await submit.PreviewAsync();
        await page.WaitForURLAsync("**/submissions/*");
        await page.GoBackAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and preview" })).ToBeEnabledAsync();
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_line_that_breaks_off_is_told_and_the_form_can_be_sent_again()
    {
        var page = await browser.OpenAsync(server.Address);
        var breaks = true;
        await page.RouteAsync(Post, route => breaks ? route.AbortAsync("connectionreset") : route.ContinueAsync());
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Broken off", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 1, 1, 1, 2, 0));
        await submit.StateAsync("test1");
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("The connection broke off. No answer came from the server. Send it again");
        breaks = false;
        await submit.SubmitAsync();
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Equal("Broken off", await page.Locator("h1").InnerTextAsync());
    }

    /// <summary>A browser does not send a file that was saved again since; all it tells is that nothing came through.</summary>
    [Fact]
    public async Task A_file_that_was_changed_after_it_was_chosen_is_told_as_that()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Changed", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 1, 0, 1, 2, 0));
        Assert.Equal("6 images, complete", await submit.StateAsync("test1"));
        await page.RouteAsync(Post, route => route.AbortAsync("failed"));
        await page.EvaluateAsync("() => { Blob.prototype.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) }); }");
        await submit.SubmitAsync();

        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("test1.csv was changed after it was chosen. Nothing was stored");
    }

    [Fact]
    public async Task A_field_that_the_server_refuses_is_marked()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("<b>bold</b>", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 1, 0, 0, 2, 0));
        await submit.StateAsync("test1");
        await submit.SubmitAsync();

        await Assertions.Expect(page.Locator("input[name=method]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("input[name=method]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#problem-method")).ToContainTextAsync("write plain text without < and >");
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
                var text = name.Contains('1', StringComparison.Ordinal) ? TinyBenchmark.Predictions("test1", 0, 1, 2, 0, 1, 2) : TinyBenchmark.Predictions("test2", 0, 1, 2, 0, 1, names.Length == 1 ? 9 : 2);
                entry.Write(name.EndsWith(".gz", StringComparison.Ordinal) ? GZip(text) : Text(text));
            }
        }

        return packed.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] GZip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Text(text));
        }

        return packed.ToArray();
    }
}

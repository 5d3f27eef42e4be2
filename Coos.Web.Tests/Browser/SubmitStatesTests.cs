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

    [Fact]
    public async Task Problems_are_shown_before_the_server_has_the_file()
    {
        var page = await browser.OpenAsync(server.Address);
        var asked = new TaskCompletionSource();
        await page.RouteAsync(
            Validate,
            async route =>
            {
                await asked.Task;
                await route.ContinueAsync();
            }
        );
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", "image_id,label\na-0,0\na-1,7\na-2,1\na-3,1\na-4,2\na-5,2\n");

        Assert.Equal("1 problem, listed below", await submit.StateAsync("test1"));
        Assert.StartsWith("test1 3 label \"7\" is not a class", Assert.Single(await submit.ProblemsAsync()), StringComparison.Ordinal);
        Assert.Contains(
            "Found in the browser before anything was sent.",
            await page.Locator(".problems").InnerTextAsync(),
            StringComparison.Ordinal
        );
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
            ("run-b-test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 0, 1, 1, 1))
        );

        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
        await Assertions
            .Expect(page.Locator("[data-drop] .state"))
            .ToHaveTextAsync("run-a-test1.csv and run-b-test1.csv are all for Test1. Choose one of them in that field.");
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
            }
        );
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
        await page.RouteAsync(
            Post,
            route =>
            {
                sent++;
                return route.ContinueAsync();
            }
        );
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Wrong", "States");
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("No file chosen.");
        await submit.ChooseTextAsync("test1", "image_id,label\n");
        Assert.Equal("6 problems, listed below", await submit.StateAsync("test1"));
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("Test1: fix the file and choose it again, or remove it.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove the file of Test1" }).ClickAsync();

        await Assertions.Expect(page.Locator(".problems")).Not.ToContainTextAsync("missing-image");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task Two_presses_submit_once()
    {
        var page = await browser.OpenAsync(server.Address);
        var sent = 0;
        await page.RouteAsync(
            Post,
            async route =>
            {
                sent++;
                await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
                await route.ContinueAsync();
            }
        );
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

        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and preview" }))
            .ToBeEnabledAsync();
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
        await Assertions
            .Expect(page.Locator(".problems"))
            .ToContainTextAsync("The connection was lost. The server did not answer. Send it again");
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
        await page.EvaluateAsync(
            "() => { Blob.prototype.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) }); }"
        );
        await submit.SubmitAsync();

        await Assertions
            .Expect(page.Locator(".problems"))
            .ToContainTextAsync("test1.csv was changed after it was chosen. Nothing was stored");
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
}

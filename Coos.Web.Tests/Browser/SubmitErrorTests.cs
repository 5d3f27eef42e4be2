using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The submit page with invalid files, misnamed files, a broken connection and double clicks.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SubmitErrorTests(CoosFixture server, BrowserFixture browser)
{
    private const string Uploads = "**/api/uploads";
    private const string Post = "**/api/submissions";

    [Fact]
    public async Task Submitting_waits_for_a_file_that_is_still_being_uploaded()
    {
        var page = await browser.OpenAsync(server.Address);
        var release = new TaskCompletionSource();
        await page.RouteAsync(
            Uploads,
            async route =>
            {
                await release.Task;
                await route.ContinueAsync();
            }
        );
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Pressed early", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 0, 1, 1, 0, 0));
        await Assertions.Expect(page.Locator(".file[data-split=test1].busy .state")).ToBeVisibleAsync();
        await submit.PreviewAsync();
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync("waiting for the uploads\u2026");
        release.SetResult();
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Equal("Pressed early", await page.Locator("h1").InnerTextAsync());
    }

    [Fact]
    public async Task The_same_file_chosen_after_a_reload_is_not_uploaded_again()
    {
        var page = await browser.OpenAsync(server.Address);
        var sent = 0;
        await page.RouteAsync(
            Uploads,
            route =>
            {
                sent++;
                return route.ContinueAsync();
            }
        );
        using var folder = new TemporaryFolder();
        var file = folder.Write("mine.csv", TinyBenchmark.Predictions("test1", 2, 0, 1, 0, 0, 0));
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseAsync("test1", file);
        await submit.StateAsync("test1");
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseAsync("test1", file);

        Assert.Equal("6 images, complete", await submit.StateAsync("test1"));
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task An_upload_that_expired_is_uploaded_again()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Expired", "States");
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 0, 0, 0, 1, 0));
        var answer = await page.RunAndWaitForResponseAsync(
            async () =>
            {
                await submit.ChooseTextAsync("test2", TinyBenchmark.Predictions("test2", 2, 0, 0, 0, 1, 0));
                await submit.StateAsync("test2");
            },
            response => response.Request.Method == "POST" && response.Url.EndsWith("/api/uploads", StringComparison.Ordinal)
        );
        var id = (await answer.JsonAsync())!.Value.GetProperty("id").GetString();
        using var deleted = await server.Client.DeleteAsync($"/api/uploads/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, deleted.StatusCode);

        await submit.PreviewAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("or it has expired");
        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
        await submit.PreviewAsync();
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Equal("Expired", await page.Locator("h1").InnerTextAsync());
    }

    [Fact]
    public async Task A_button_moves_a_file_to_its_test_set()
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
    public async Task A_file_with_an_unclear_name_is_assigned_by_its_ids()
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
    public async Task Files_can_be_dropped_on_the_page()
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
    public async Task Files_with_known_problems_are_not_uploaded()
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
        Assert.Equal("1 problem, listed below", await submit.StateAsync("test1"));
        await submit.SubmitAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("Test1: fix the file and choose it again, or remove it.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove the file of Test1" }).ClickAsync();

        await Assertions.Expect(page.Locator(".problems")).Not.ToContainTextAsync("empty-file");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task A_double_click_submits_once()
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
    public async Task The_form_is_unlocked_after_going_back()
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
    public async Task A_broken_connection_is_reported_and_the_form_can_be_sent_again()
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

    /// <summary>Browsers refuse to upload a file that changed after it was selected, and report only a network error.</summary>
    [Fact]
    public async Task A_file_that_changed_after_selection_is_reported_as_such()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Changed", "States");
        await page.RouteAsync(Uploads, route => route.AbortAsync("failed"));
        await page.EvaluateAsync(
            "() => { Blob.prototype.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', "
                + "'NotReadableError')) }); }"
        );
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 2, 1, 0, 1, 2, 0));

        await Assertions
            .Expect(page.Locator(".file[data-split=test1] .state"))
            .ToContainTextAsync("test1.csv was changed after it was chosen: Nothing was stored");
    }

    [Fact]
    public async Task A_field_that_the_server_rejects_is_marked()
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
        await Assertions.Expect(page.Locator("#problem-method")).ToContainTextAsync("contains the markup <b>; write it as plain text");
    }
}

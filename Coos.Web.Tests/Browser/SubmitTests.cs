using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SubmitTests(CoosFixture server, BrowserFixture browser)
{
    [Fact]
    public async Task Three_files_are_checked_and_scored_with_the_confusion_matrix_of_scikit_learn()
    {
        var predictions = Path.Combine(SharedFolder.RequireYeast(), "predictions", "knn");
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync("yeast5");
        await submit.DescribeAsync("kNN in the browser", "Browser test");
        foreach (var split in new[] { "test1", "test2", "test3" })
        {
            await submit.ChooseAsync(split, Path.Combine(predictions, split + ".csv"));
        }

        Assert.Equal("192 images, complete", await submit.StateAsync("test1"));
        Assert.Equal("422 images, complete", await submit.StateAsync("test3"));
        await submit.SubmitAsync();
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Equal("kNN in the browser", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(["32.1", "50.8", "44.4"], await page.Locator(".card .figure b").AllInnerTextsAsync());

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Confusion matrix of Test1", Exact = true }).ClickAsync();
        var counts = page.Locator("section[aria-label='Counts'] tbody tr");
        Assert.Equal(
            ["21 10 0 0 0 31", "14 34 1 0 0 49", "1 0 7 15 0 23", "1 0 10 36 0 47", "1 0 1 0 40 42"],
            (await counts.AllAsync()).Select(row => string.Join(' ', row.Locator("td").AllInnerTextsAsync().GetAwaiter().GetResult()))
        );
        Assert.Contains(
            "AAH1 predicted as AAP1 in 15 of 23 images (65.2%)",
            await page.Locator("ol").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Problems_are_listed_with_their_lines_and_nothing_is_stored()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", "image_id,label\na-0,0\na-1,7\na-2,1\na-3,1\na-4,2\na-9,<b>2\n");

        Assert.Equal("4 problems, listed below", await submit.StateAsync("test1"));
        var problems = await submit.ProblemsAsync();
        Assert.StartsWith("test1 3 label \"7\" is not a class", problems[0], StringComparison.Ordinal);
        Assert.Contains(problems, p => p.StartsWith("test1 7 image_id image \"a-9\" is not in test1", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("\"<b>2\" is not a class", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("test1 \u2013 image_id image \"a-5\" has no line", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_are_assigned_by_name_and_a_preview_can_be_published()
    {
        var page = await browser.OpenAsync(server.Address);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("Dropped", "Preview test");
        await submit.ChooseSeveralAsync(
            ("my-model_TEST 2.csv", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2)),
            ("predictions(test1).csv", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 0)),
            ("test12.csv", "image_id,label\n")
        );
        Assert.Equal("6 images, complete", await submit.StateAsync("test1"));
        Assert.Equal("6 images, complete", await submit.StateAsync("test2"));
        Assert.Equal(
            "test12.csv: neither its name nor its image ids identify a test set. Choose it in the field of its test set.",
            await page.Locator("[data-drop] .state").InnerTextAsync()
        );

        await submit.PreviewAsync();
        await page.WaitForURLAsync("**/submissions/*");
        Assert.StartsWith("If published, it would rank 1 of ", await page.Locator(".place").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Dropped", await page.Locator(".preview tr.own").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "submit",
            await page.EvaluateAsync<string>("() => [...document.styleSheets].map(s => s.href).join(' ')"),
            StringComparison.Ordinal
        );
        Screenshots.Save(await page.ScreenshotAsync(), "preview.png");
        Assert.Equal(0, (int)(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?q=Dropped"))["total"]!);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish on the leaderboard" }).ClickAsync();
        await page.WaitForURLAsync("**/submissions/*");
        await Assertions.Expect(page.Locator(".preview")).ToHaveCountAsync(0);
        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?q=Dropped");
        Assert.Equal(1, (int)board["total"]!);
    }

    [Fact]
    public async Task The_form_says_which_test_sets_are_missing_for_a_rank()
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        var note = page.Locator("[data-missing]");
        await Assertions.Expect(note).ToContainTextAsync("Entries are ranked by Test2.");

        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));
        await Assertions.Expect(note).ToContainTextAsync("Not ranked without Test2");
        await submit.ChooseTextAsync("test2", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2));
        await Assertions.Expect(note).ToContainTextAsync("Entries are ranked by Test2.");
    }

    [Fact]
    public async Task The_form_works_without_JavaScript_and_keeps_the_input()
    {
        var page = await browser.OpenAsync(server.Address, javaScript: false);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.DescribeAsync("No script", "Plain form");
        await submit.ChooseTextAsync("test2", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 9));
        await submit.SubmitAsync();

        Assert.Single(await submit.ProblemsAsync());
        Assert.Equal("No script", await page.Locator("input[name=method]").InputValueAsync());

        await submit.ChooseTextAsync("test2", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 1));
        await submit.SubmitAsync();

        // The predictions lack a class, which the page says before it leads on.
        await Assertions.Expect(page.Locator(".warnings")).ToContainTextAsync("no image is predicted as Long, thin");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the submission" }).ClickAsync();

        // If scoring takes long, the page reloads itself, so it may load more than once.
        await page.WaitForURLAsync("**/submissions/*", new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.Locator(".card .figure b")).ToHaveTextAsync(["33.3"]);
    }
}

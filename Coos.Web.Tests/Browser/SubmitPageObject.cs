using System.Text;
using Microsoft.Playwright;

namespace Coos.Web.Tests.Browser;

/// <summary>The submit page as a person uses it.</summary>
internal sealed class SubmitPageObject(IPage page)
{
    /// <summary>Opens the page of a benchmark.</summary>
    public Task OpenAsync(string slug) => page.GotoAsync($"/benchmarks/{slug}/submit");

    /// <summary>Says what the method is.</summary>
    public async Task DescribeAsync(string method, string submitter)
    {
        await page.GetByLabel("Method", new PageGetByLabelOptions { Exact = true }).FillAsync(method);
        await page.GetByLabel("Your name or team").FillAsync(submitter);
    }

    /// <summary>Chooses a file on disk for a split.</summary>
    public Task ChooseAsync(string split, string path) => page.Locator($"#file-{split}").SetInputFilesAsync(path);

    /// <summary>Chooses a file with some content for a split.</summary>
    public Task ChooseTextAsync(string split, string content) =>
        page.Locator($"#file-{split}")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = $"{split}.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(content),
                }
            );

    /// <summary>What the page says about a split's file, once it is checked.</summary>
    public async Task<string> StateAsync(string split)
    {
        var box = page.Locator($".file[data-split={split}].good, .file[data-split={split}].bad");
        return await box.Locator(".state").InnerTextAsync();
    }

    /// <summary>The problems listed, a line each.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        await page.Locator(".problem-list tbody tr").First.WaitForAsync();
        return
        [
            .. (await page.Locator(".problem-list tbody tr").AllInnerTextsAsync()).Select(t =>
                string.Join(' ', t.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            ),
        ];
    }

    /// <summary>Submits for everybody to see.</summary>
    public Task SubmitAsync() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and publish" }).ClickAsync();

    /// <summary>Submits to look first.</summary>
    public Task PreviewAsync() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and preview" }).ClickAsync();

    /// <summary>Gives several files at once, as by dropping them.</summary>
    public Task ChooseSeveralAsync(params (string Name, string Content)[] files) =>
        page.Locator("#file-several")
            .SetInputFilesAsync(
                files.Select(f => new FilePayload
                {
                    Name = f.Name,
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(f.Content),
                })
            );
}

using System.Text;
using Microsoft.Playwright;

namespace Coos.Web.Tests.Browser;

/// <summary>Page object of the submit page.</summary>
internal sealed class SubmitPageObject(IPage page)
{
    /// <summary>Opens the submit page of a benchmark.</summary>
    public Task OpenAsync(string slug) => page.GotoAsync($"/benchmarks/{slug}/submit");

    /// <summary>Fills in method and submitter.</summary>
    public async Task DescribeAsync(string method, string submitter)
    {
        await page.GetByLabel("Method", new PageGetByLabelOptions { Exact = true }).FillAsync(method);
        await page.GetByLabel("Your name or team").FillAsync(submitter);
    }

    /// <summary>Selects a file on disk for a split.</summary>
    public Task ChooseAsync(string split, string path) => page.Locator($"#file-{split}").SetInputFilesAsync(path);

    /// <summary>Selects a file with the given content for a split.</summary>
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

    /// <summary>Waits until the file of a split is checked, and returns its status text.</summary>
    public async Task<string> StateAsync(string split)
    {
        var box = page.Locator($".file[data-split={split}].good, .file[data-split={split}].bad");
        return await box.Locator(".state").InnerTextAsync();
    }

    /// <summary>The listed problems, one per line.</summary>
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

    /// <summary>Submits and publishes.</summary>
    public Task SubmitAsync() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and publish" }).ClickAsync();

    /// <summary>Submits for a private preview.</summary>
    public Task PreviewAsync() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Score and preview" }).ClickAsync();

    /// <summary>Selects several files at once.</summary>
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

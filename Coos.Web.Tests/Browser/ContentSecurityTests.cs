using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Pages do not violate their content security policy, neither on load nor in use.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ContentSecurityTests(CoosFixture server, BrowserFixture browser)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?sort=test4")]
    [InlineData("/benchmarks/tiny/submit")]
    [InlineData("/benchmarks/coos-sim/data")]
    [InlineData("/compare")]
    [InlineData("/not-found")]
    public async Task Pages_do_not_violate_their_policy(string path)
    {
        var page = await browser.OpenAsync(server.Address);
        var broken = await WatchAsync(page);
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(broken);
    }

    [Fact]
    public async Task The_API_page_is_rendered_under_its_policy()
    {
        var page = await browser.OpenAsync(server.Address);
        var broken = await WatchAsync(page);
        await page.GotoAsync("/swagger/index.html", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });

        // Network idle is not enough: the script is parsed for a second or more before it renders.
        await page.Locator(".opblock").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
        await page.Locator(".topbar svg style").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        Assert.Empty(broken);
    }

    [Fact]
    public async Task The_policy_blocks_injected_content()
    {
        var page = await browser.OpenAsync(server.Address);
        var broken = await WatchAsync(page);
        await page.GotoAsync("/");

        await page.EvaluateAsync(
            "() => { const s = document.createElement('script'); s.textContent = 'window.slipped = true'; document.body.append(s); }"
        );

        Assert.False(await page.EvaluateAsync<bool>("() => window.slipped === true"));
        Assert.NotEmpty(broken);
    }

    [Fact]
    public async Task Checking_a_file_on_the_submit_page_does_not_violate_the_policy()
    {
        var page = await browser.OpenAsync(server.Address);
        var broken = await WatchAsync(page);
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));

        Assert.Equal("6 images, complete", await submit.StateAsync("test1"));
        Assert.Empty(broken);
    }

    [Fact]
    public async Task The_Hangfire_pages_work_under_the_same_policy()
    {
        await using var own = new TestServer();
        await own.StartAsync();
        await TestAccount.RegisterAsync(own, "Organiser", isOrganiser: true);
        var page = await browser.OpenAsync(own.Client.BaseAddress!);
        var broken = await WatchAsync(page);
        await page.GotoAsync("/account/sign-in");
        await page.Locator("main input[name=name]").FillAsync("Organiser");
        await page.Locator("main input[name=password]").FillAsync(TestAccount.Password);
        await page.Locator("main input[name=password]").PressAsync("Enter");
        await page.WaitForURLAsync("**/account");
        await page.GotoAsync("/organise/jobs", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await page.GotoAsync("/organise/jobs/servers", new PageGotoOptions { WaitUntil = WaitUntilState.Load });

        Assert.Contains("Servers", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(broken);
    }

    /// <summary>Collects the policy violations that the browser reports.</summary>
    private static async Task<List<string>> WatchAsync(IPage page)
    {
        var broken = new List<string>();
        await page.ExposeFunctionAsync<string, bool>(
            "reportBrokenPolicy",
            text =>
            {
                broken.Add(text);
                return true;
            }
        );
        await page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => "
                + "window.reportBrokenPolicy(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"
        );
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                broken.Add(message.Text);
            }
        };
        return broken;
    }
}

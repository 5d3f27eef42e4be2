using System.Net;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The page of a submission that is not scored yet.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WaitingPageTests(BrowserFixture browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_waiting_page_says_so_and_shows_the_scores_when_ready(bool javaScript)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await TestServer.StartWithoutEvaluatorAsync(clock);
        using var posted = await server.Client.SubmitAndAdvanceAsync(UploadForm.Tiny("Waiting").Test1(0, 0, 0, 1, 2, 2), clock);
        var submission = await posted.ReadJsonAsync(HttpStatusCode.Accepted);
        var page = await browser.OpenAsync(server.Address, javaScript: javaScript);
        await page.GotoAsync((string)submission["links"]!["page"]!);

        await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Received. The scores will appear here in a moment.");
        Screenshots.Save(await page.ScreenshotAsync(), $"waiting-{(javaScript ? "script" : "plain")}.png");
        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync((Guid)submission["id"]!, Cancellation);
        for (var i = 0; i < 200 && await page.Locator(".card .figure b").CountAsync() == 0; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }

        Assert.Equal(["16.7"], await page.Locator(".card .figure b").AllInnerTextsAsync());
    }
}

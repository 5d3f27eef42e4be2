using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Layout of leaderboards on phones, desktops and paper, and the copy button.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LeaderboardLayoutTests(CoosFixture server, BrowserFixture browser)
{
    /// <summary>Finds chart labels that extend beyond their chart.</summary>
    internal const string LabelsOutside = """
        () => [...document.querySelectorAll('main svg[viewBox] text')].filter(text => {
          const [drawing, label] = [text.ownerSVGElement.getBoundingClientRect(), text.getBoundingClientRect()];
          return label.width > 0 && (label.left < drawing.left - 1 || label.right > drawing.right + 1
            || label.top < drawing.top - 1 || label.bottom > drawing.bottom + 1);
        }).map(text => text.textContent)
        """;

    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/", 390)]
    [InlineData("/benchmarks/coos-sim", 1280)]
    [InlineData("/benchmarks/coos-sim", 390)]
    [InlineData("/benchmarks/coos-7/generalisation", 1280)]
    [InlineData("/benchmarks/coos-7/generalisation", 390)]
    [InlineData("/benchmarks/coos-sim/generalisation", 1280)]
    [InlineData("/benchmarks/coos-sim/generalisation", 390)]
    public async Task Labels_stay_inside_their_chart(string path, int width)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync(path);

        Assert.Empty(await page.EvaluateAsync<string[]>(LabelsOutside));
        Screenshots.Save(
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }),
            $"charts-{path.Trim('/').Replace('/', '-')}-{width}.png"
        );
    }

    [Theory]
    [InlineData("/benchmarks/coos-sim", 1280)]
    [InlineData("/benchmarks/coos-sim", 390)]
    [InlineData("/benchmarks/coos-sim?columns=all", 1280)]
    public async Task Headers_of_columns_stay_in_view(string path, int width)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync(path + "#board");
        var last = page.Locator(".board tbody tr").Last;

        // A table that does not fit scrolls in its own area; another scrolls with the page.
        await page.EvaluateAsync(
            """
            () => {
              const area = document.querySelector('#board');
              area.scrollTop = area.scrollHeight;
              if (area.scrollTop === 0) scrollTo(0, area.getBoundingClientRect().bottom + scrollY - 300);
            }
            """
        );

        await Assertions.Expect(last).ToBeInViewportAsync();
        await Assertions.Expect(page.Locator(".board thead th.entry")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData("/benchmarks/coos-7/generalisation", 1280)]
    [InlineData("/benchmarks/coos-7/generalisation", 390)]
    [InlineData("/benchmarks/coos-sim/generalisation", 1280)]
    [InlineData("/benchmarks/coos-sim/generalisation", 390)]
    public async Task Point_names_do_not_overlap_other_text(string path, int width)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync(path);

        var covered = await page.EvaluateAsync<string[]>(
            """
            () => {
              const box = text => text.getBoundingClientRect();
              const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2;
              const texts = [...document.querySelectorAll('.scatter:not(.small) svg text')].filter(text => box(text).width > 0);
              return texts.filter(t => t.classList.contains('label')).flatMap(l =>
                texts.filter(t => t !== l && meet(box(l), box(t))).map(t => `${l.textContent} and ${t.textContent}`));
            }
            """
        );

        Assert.Empty(covered);
    }

    [Theory]
    [InlineData("/", 390)]
    [InlineData("/benchmarks/coos-sim", 320)]
    [InlineData("/benchmarks/coos-sim", 390)]
    [InlineData("/benchmarks/coos-sim", 1280)]
    public async Task Figures_of_neighbouring_cards_are_aligned(string path, int width)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync(path);
        var entry = await page.Locator(".board tbody th[scope=row] a").First.GetAttributeAsync("href");

        foreach (var address in new[] { path, entry! })
        {
            await page.GotoAsync(address);
            var tops = await page.Locator(".facts b")
                .EvaluateAllAsync<int[]>("all => all.map(e => Math.round(e.getBoundingClientRect().top))");
            Assert.Equal(4, tops.Length);
            Assert.Equal((tops[0], tops[2]), (tops[1], tops[3]));
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task The_sensitivity_table_fits_on_a_phone()
    {
        var page = await browser.OpenAsync(server.Address, width: 390);
        await using var context = page.Context;
        await page.GotoAsync("/");

        Assert.Equal(
            0,
            await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Sensitivities, scrolls sideways" })
                .EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth")
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/benchmarks/coos-sim")]
    public async Task A_phone_shows_rank_method_mean_and_the_test_sets_that_rank_without_scrolling(string path)
    {
        var page = await browser.OpenAsync(server.Address, width: 390);
        await using var context = page.Context;
        await page.GotoAsync(path);

        var shown = await page.EvaluateAsync<string[]>(
            """
            () => {
              const table = document.querySelector('.board');
              const edge = table.closest('.scroll').getBoundingClientRect().right;
              return [...table.querySelectorAll('thead th')]
                .filter(cell => cell.checkVisibility() && cell.getBoundingClientRect().right <= edge + 1)
                .map(cell => cell.querySelector('a').textContent.trim());
            }
            """
        );

        // A narrower font may leave room for more.
        string[] expected = ["Rank \u2191", "Method", "Mean", "Test3", "Test4"];
        Assert.Equal(expected, shown.Take(expected.Length));
    }

    [Theory]
    [InlineData(1280, "Test1 Test2 Test3 Test4 Training")]
    [InlineData(390, "Test3 Test4 Test1 Test2 Training")]
    public async Task Each_split_has_one_column(int width, string order)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync("/");

        Assert.Equal(
            await page.Locator(".board thead th:visible").CountAsync(),
            await page.Locator(".board tbody tr:first-child > *:visible").CountAsync()
        );
        var titles = await page.Locator(".board thead th.split:visible a").AllInnerTextsAsync();
        Assert.Equal(order.Split(' '), titles.Select(t => t.Trim()));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/benchmarks/coos-sim")]
    public async Task The_whole_table_is_visible_on_a_desktop(string path)
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await page.GotoAsync(path);

        Assert.Equal(0, await page.Locator(".scroll:has(> .board)").EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"));
    }

    [Theory]
    [InlineData(1280, 0)]
    [InlineData(390, 4)]
    public async Task A_matrix_of_seven_classes_fits_on_the_page(int width, int slack)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?pageSize=1");
        await page.GotoAsync($"{board["rows"]![0]!["links"]!["page"]}/confusion/test3");

        Assert.InRange(await page.Locator(".matrix .scroll").First.EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"), 0, slack);
    }

    [Fact]
    public async Task The_method_column_stays_visible_while_a_phone_scrolls_the_numbers()
    {
        var page = await browser.OpenAsync(server.Address, width: 390);
        await using var context = page.Context;
        await page.GotoAsync("/benchmarks/coos-sim?columns=all");
        var table = page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Leaderboard, scrolls sideways" });

        await table.EvaluateAsync("e => { e.scrollLeft = 400; }");

        var isOnTop = await table.EvaluateAsync<bool>(
            """
            e => [...e.querySelectorAll('tbody th[scope=row]')].slice(0, 3).every(cell => {
              cell.scrollIntoView({ block: 'center', behavior: 'instant' });
              const box = cell.getBoundingClientRect();
              return Math.abs(box.left - e.getBoundingClientRect().left) < 2
                && Math.abs(box.left - e.querySelector('thead .entry').getBoundingClientRect().left) < 2
                && [0.2, 0.5, 0.9].every(part =>
                  cell.contains(document.elementFromPoint(box.left + part * box.width, box.top + box.height / 2)));
            })
            """
        );
        Assert.True(isOnTop);
        Assert.InRange(
            await table.EvaluateAsync<double>(
                "e => e.querySelector('.board').getBoundingClientRect().right - e.querySelector('table').getBoundingClientRect().right"
            ),
            -0.5,
            2
        );
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Screenshots.Save(await page.ScreenshotAsync(), "leaderboard-scrolled-390.png");
    }

    [Fact]
    public async Task The_copy_button_copies_the_text_and_is_absent_without_JavaScript()
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Markdown", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy Markdown" }).ClickAsync();
        await Assertions.Expect(page.Locator(".copy-text button")).ToContainTextAsync("Copied");

        Assert.EndsWith("?copy=markdown#copy", page.Url, StringComparison.Ordinal);
        Assert.StartsWith(
            "| Rank | Method |",
            await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"),
            StringComparison.Ordinal
        );

        var plain = await browser.OpenAsync(server.Address, javaScript: false);
        await using var other = plain.Context;
        await plain.GotoAsync("/?copy=latex");
        await Assertions.Expect(plain.Locator(".copy-text button")).ToBeHiddenAsync();
        await Assertions.Expect(plain.Locator(".copy-text pre")).ToContainTextAsync("\\begin{tabular}");
    }

    [Fact]
    public async Task Printing_shows_the_leaderboard_without_controls()
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await page.GotoAsync("/");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Assertions.Expect(page.Locator(".top-bar")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".filters:visible")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".table-tools")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".board tbody tr").Last).ToBeVisibleAsync();
        Screenshots.Save(await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }), "leaderboard-print.png");
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>What a benchmark can tell apart: the API, the data page and the calculator.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class ResolutionTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_resolution_of_an_open_benchmark_follows_from_its_labels_and_baselines()
    {
        var found = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/resolution");

        Assert.Equal(["test1", "test2", "test3", "test4"], found["splits"]!.AsArray().Select(s => (string?)s!["split"]));
        Assert.All(
            found["splits"]!.AsArray(),
            split =>
            {
                Assert.Equal("labels", (string?)split!["design"]);
                Assert.InRange((int)split["clusters"]!, 2, (int)split["images"]!);
                Assert.InRange((double)split["smallestDifference"]!, 0.001, 0.2);
            }
        );
        var ranking = found["ranking"]!;
        Assert.Equal(["test3", "test4"], ranking["splits"]!.AsArray().Select(s => (string?)s));

        // The mean of two splits tells more apart than each of them.
        var parts = found["splits"]!.AsArray().Where(s => (string?)s!["split"] is "test3" or "test4");
        Assert.All(parts, s => Assert.True((double)ranking["smallestDifference"]! < (double)s!["smallestDifference"]!));
        Assert.Matches(
            @"^Two methods near 10% error must differ by about \d[\d.]*( to \d[\d.]*)? points on the mean of Test3 and Test4 "
                + "before a test shows it in "
                + "four of five cases",
            (string?)found["summary"]
        );

        var page = await server.Client.GetStringAsync("/benchmarks/coos-sim/data", Cancellation);
        Assert.Contains((string)found["summary"]!, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/docs/resolution\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Splits_without_labels_have_the_assumed_design()
    {
        var found = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/resolution");

        Assert.All(
            found["splits"]!.AsArray(),
            split =>
            {
                Assert.Equal(("assumed", "assumed"), ((string?)split!["design"], (string?)split["iccSource"]));
                Assert.Equal(0.1, (double)split["icc"]!);
                Assert.Null(split["clusters"]);
                Assert.Equal(["low", "high"], split["table"]!.AsArray().Select(r => (string?)r!["assumption"]).Distinct());
            }
        );
        Assert.Contains("depending on how alike the images of the same well are", (string?)found["summary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tiny_benchmark_shows_only_huge_differences_once_an_entry_is_scored()
    {
        await using var tiny = new TestServer();
        await tiny.StartAsync();
        var before = await tiny.Client.GetJsonAsync("/api/benchmarks/tiny/resolution");
        Assert.All(before["splits"]!.AsArray(), s => Assert.Equal("assumed", (string?)s!["design"]));

        await tiny.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(ResolutionTests)).Test2(0, 0, 0, 1, 1, 0));
        var found = await tiny.Client.GetJsonAsync("/api/benchmarks/tiny/resolution");

        // With factor c = (1/3 + 1/2 + 1)/9 and normal quantiles: delta² = 7.849 c (0.18 + 0.8 delta - delta²).
        Assert.StartsWith(
            "Two methods near 10% error must differ by about 66.0 points on Test2 before a test shows it in four of five cases.",
            (string?)found["summary"],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "the number of images is not known: the manifest does not name it, and there are no labels yet",
            (string?)found["splits"]![2]!["note"]
        );
    }

    [Fact]
    public async Task The_calculator_answers_from_its_URL()
    {
        var usual = await server.Client.GetStringAsync("/docs/resolution", Cancellation);
        Assert.Contains("Two methods near 10% error must differ by about", usual, StringComparison.Ordinal);

        // 7 classes, 8 wells of 25 images, ICC 0.1: the smallest difference is 3.2 standard errors, as computed by hand.
        var page = await server.Client.GetStringAsync(
            "/docs/resolution?classes=7&wells=8&images=25&hold=one&error=10&agreement=0&icc=0.1&entries=2&difference=1",
            Cancellation
        );
        var difference = double.Parse(Difference().Match(page).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) / 100;
        var discordance = 0.1 + (0.1 + difference) - (2 * 0.1 * (0.1 + difference));
        var error = Math.Sqrt((discordance - (difference * difference)) * (1 + (24 * 0.1)) / (8 * 25 * 7));
        Assert.Equal((2.0096 + 0.8486) * error, difference, 0.001);
        Assert.Contains("1,400", page, StringComparison.Ordinal);
        Assert.Matches(@"To show 1 point, [\d,]+ wells per class of this size are needed\.", page);
        Assert.Contains("value=\"0.1\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes=0", "the number of classes is \"0\"; write a whole number from 2 to 255")]
    [InlineData("classes=", "the number of classes is empty; write a whole number from 2 to 255")]
    [InlineData("wells=1", "the number of wells is \"1\"; write a whole number from 2 to 100,000")]
    [InlineData("wells=8.5", "the number of wells is \"8.5\"; write a whole number from 2 to 100,000")]
    [InlineData("images=99999999999999", "the number of images is \"99999999999999\"; write a whole number from 1 to 100,000")]
    [InlineData("images=-3", "the number of images is \"-3\"; write a whole number from 1 to 100,000")]
    [InlineData("error=0", "the error in percent is \"0\"; write a number above 0 and below 100, with a point before decimals")]
    [InlineData("error=100", "the error in percent is \"100\"; write a number above 0 and below 100, with a point before decimals")]
    [InlineData("error=ten", "the error in percent is \"ten\"; write a number above 0 and below 100, with a point before decimals")]
    [InlineData("error=NaN", "the error in percent is \"NaN\"; write a number above 0 and below 100, with a point before decimals")]
    [InlineData("icc=1.5", "the intra-class correlation is \"1.5\"; write a number from 0 to 1, with a point before decimals")]
    [InlineData("icc=0,1", "the intra-class correlation is \"0,1\"; write a number from 0 to 1, with a point before decimals")]
    [InlineData("agreement=-1", "the agreement is \"-1\"; write a number from 0 to 1, with a point before decimals")]
    [InlineData("entries=1", "the number of entries is \"1\"; write a whole number from 2 to 1,000")]
    [InlineData("difference=0", "the difference in points is \"0\"; write a number above 0 and below 100, with a point before decimals")]
    [InlineData("difference=95", "an error of 10% and a difference of 95 points are more than 100%; write a smaller difference")]
    [InlineData("hold=some", "hold is \"some\"; allowed: one (each well holds one class), all (each well holds all classes)")]
    public async Task Invalid_fields_are_explained(string query, string message)
    {
        using var response = await server.Client.GetAsync(new Uri($"/docs/resolution?{query}", UriKind.Relative), Cancellation);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain("must differ by about", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes=255&wells=100000&images=100000&hold=all&error=0.001&icc=0&entries=1000&difference=0.0001")]
    [InlineData("classes=2&wells=2&images=1&error=99.9&agreement=1&icc=1&difference=0.05")]
    [InlineData("classes=255&wells=2&images=1&hold=all&icc=1&agreement=1")]
    public async Task Extreme_designs_have_an_answer(string query)
    {
        var page = await server.Client.GetStringAsync($"/docs/resolution?{query}", Cancellation);

        Assert.Matches("must differ by about|is too small", page);
        Assert.Contains("of this size are needed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    /// <summary>The same images with other class sizes and other wells.</summary>
    [Fact]
    public async Task The_resolution_of_a_guarded_benchmark_does_not_depend_on_its_labels()
    {
        var one = await ReadGuardedAsync([0, 0, 1, 1, 2, 2], i => $"w{i / 2}");
        var other = await ReadGuardedAsync([0, 0, 0, 0, 0, 1], _ => "w0");

        Assert.Equal(one, other);
        Assert.Contains("\"design\":\"assumed\"", one, StringComparison.Ordinal);
        Assert.Contains("The labels are guarded", one, StringComparison.Ordinal);
    }

    private static async Task<string> ReadGuardedAsync(int[] labels, Func<int, string> wellOf)
    {
        await using var guarded = new TestServer();
        await GuardedManifest.WriteAsync(guarded, "\"cluster\": \"well\"");
        foreach (var (split, prefix) in new[] { ("test1", 'a'), ("test2", 'b') })
        {
            await File.WriteAllTextAsync(
                Path.Combine(guarded.Tiny, "labels", $"{split}.csv"),
                "image_id,label,well\n" + string.Concat(labels.Select((label, i) => $"{prefix}-{i},{label},{wellOf(i)}\n")),
                Cancellation
            );
        }

        await guarded.StartAsync();
        var page = await guarded.Client.GetStringAsync("/benchmarks/tiny/data", Cancellation);
        return await guarded.Client.GetStringAsync("/api/benchmarks/tiny/resolution", Cancellation) + Section().Match(page).Value;
    }

    [GeneratedRegex(@"must differ by about ([\d.]+) points")]
    private static partial Regex Difference();

    [GeneratedRegex("<section class=\"panel resolution\".*?</section>", RegexOptions.Singleline)]
    private static partial Regex Section();
}

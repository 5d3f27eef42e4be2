using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Consistencies;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Same mistakes and forecasts of the bundled baselines of coos-sim, from their files to the page.</summary>
[Collection(ServerCollection.Name)]
public sealed class BundledForecastTests(CoosFixture server)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// The references are the values of the published programs; the script beside them says how they were computed. Other entries
    /// change the line of agreement, which Coos.Evaluator.Tests checks, but not the forecasts from probabilities.
    /// </summary>
    [Fact]
    public async Task Forecasts_equal_those_of_the_published_programs()
    {
        var document = await AwaitAsync("/api/benchmarks/coos-sim/forecasts");
        var references = JsonNode.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "consistency_forecasts.json"),
                Cancellation
            )
        )!["bundledForecasts"]!.AsArray();

        Assert.Equal(["test2", "test3", "test4"], document["splits"]!.AsArray().Select(s => (string)s!["split"]!));
        Assert.All(
            references,
            (reference, i) =>
            {
                string[] theirs = ["accuracy", "came", "maximum", "entropy", "difference"];
                string[] own = ["referenceAccuracy", "accuracy", "thresholdedMaximum", "thresholdedEntropy", "confidenceDifference"];
                var known = Read(document["splits"]![i]!["entries"]!.AsArray(), own).ToHashSet();
                Assert.Equal(19, reference!["entries"]!.AsArray().Count);
                Assert.All(Read(reference["entries"]!.AsArray(), theirs), values => Assert.Contains(values, known));
            }
        );
        Assert.Equal(
            ["thresholdedMaximum", "thresholdedEntropy", "confidenceDifference", "agreementJoint", "agreementSingle", "noLoss"],
            document["forecasts"]!.AsArray().Select(f => (string)f!["id"]!)
        );
        Assert.All(
            document["forecasts"]!.AsArray(),
            f => Assert.InRange((double)f!["meanAbsoluteError"]!, (double)f["interval"]![0]!, (double)f["interval"]![1]!)
        );
    }

    [Fact]
    public async Task The_generalisation_page_compares_the_forecasts_with_what_came()
    {
        await AwaitAsync("/api/benchmarks/coos-sim/forecasts");

        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/benchmarks/coos-sim/generalisation", Cancellation));

        Assert.Contains("Could this shift have been seen without labels?", page, StringComparison.Ordinal);
        Assert.Matches(
            @"The accuracies on Test2, Test3 and Test4 differ from those on Test1 by \d+\.\d points on average\. "
                + @"The closest forecast without labels, [^.]+, was off by \d\.\d points \(95% interval \d\.\d to \d\.\d\)\.",
            page
        );
        Assert.Contains("Its authors trust lines that explain at least 95%.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reported_results_have_no_predictions()
    {
        var document = await AwaitAsync("/api/benchmarks/coos-7/consistency");
        var forecasts = await AwaitAsync("/api/benchmarks/coos-7/forecasts");
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/benchmarks/coos-7/consistency", Cancellation));

        Assert.True(document["excluded"]!.AsArray().Count >= 25);
        Assert.Contains("entries, each of which is reported in a publication, without predictions.", page, StringComparison.Ordinal);
        Assert.All(forecasts["splits"]!.AsArray(), s => Assert.Empty(s!["entries"]!.AsArray()));
    }

    [Fact]
    public async Task The_map_of_the_bundled_baselines_has_names_numbers_and_tables()
    {
        var document = await AwaitAsync("/api/benchmarks/coos-sim/consistency");
        var html = await server.Client.GetStringAsync("/benchmarks/coos-sim/consistency", Cancellation);

        Assert.True(document["entries"]!.AsArray().Count >= 19);
        Assert.Equal("well", (string?)document["mostAlike"]![0]!["unit"]);
        Assert.Equal(10, document["leastAlike"]!.AsArray().Count);
        Assert.InRange(html.Length, 20_000, 300_000);
        Assert.Contains("make the most similar mistakes (kappa ", html, StringComparison.Ordinal);
        Assert.Contains("<path class=\"cell c", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1, 2)]
    [InlineData(40, 1, 40)]
    [InlineData(100, 1, 100)]
    [InlineData(101, 2, 51)]
    [InlineData(1000, 10, 100)]
    public void The_map_of_any_board_is_small(int entries, int block, int cells)
    {
        var random = new Random(1);
        double?[][] kappas =
        [
            .. Enumerable.Range(0, entries).Select(i => Enumerable.Range(0, i).Select(_ => (double?)random.NextDouble()).ToArray()),
        ];

        var layout = new ConsistencyMapLayout(kappas);

        Assert.Equal((block, cells), (layout.Block, layout.Cells));
        Assert.InRange(layout.Paths.Sum(p => p.Path.Length), 20, 250_000);
        Assert.Equal(layout.Mean(0, 1)!.Value, layout.Mean(1, 0)!.Value, 1e-12);
        Assert.Equal(block == 1, layout.Mean(0, 0) is null);
    }

    private async Task<JsonNode> AwaitAsync(string path)
    {
        for (var tries = 0; ; tries++)
        {
            var document = await server.Client.GetJsonAsync(path);
            if ((bool?)document["isComputing"] != true)
            {
                return document;
            }

            Assert.True(tries < 600, $"{path} is still being computed");
            await Task.Delay(100, Cancellation);
        }
    }

    /// <summary>The named values of each entry, to nine decimals.</summary>
    private static IEnumerable<string> Read(JsonArray entries, string[] names) =>
        entries.Select(e =>
            string.Join(' ', names.Select(n => e![n] is { } value ? Math.Round((double)value, 9).ToString("F9", Invariant) : "none"))
        );
}

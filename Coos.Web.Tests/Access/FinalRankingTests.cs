using System.Net;
using System.Text.Json.Nodes;
using Coos.Evaluator.Disclosures;
using Coos.Shared.Scores;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>A closed benchmark ranks by the sealed part and shows who had fitted the public part.</summary>
public sealed class FinalRankingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static readonly ushort[] Labels = SealedServer.CreateLabels();

    [Fact]
    public async Task A_closed_benchmark_ranks_and_compares_by_the_sealed_part()
    {
        await using var own = await SealedServer.StartAsync(Labels, Labels);
        var (fitted, honest) = await SubmitAsync(own.Server);
        var before = await own.Server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        await own.CloseAsync();
        var client = own.Server.Client;

        var after = await client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        var entry = await client.GetJsonAsync($"/api/submissions/{fitted.Id}");
        var comparison = await client.GetJsonAsync($"/api/compare?a={fitted.Id}&b={honest.Id}");

        Assert.Equal(["Fitted", "Honest"], MethodsOf(before));
        Assert.Equal(["Honest", "Fitted"], MethodsOf(after));
        Assert.Equal(fitted.SealedError, (double)after["rows"]![1]!["splits"]!["test2"]!["balancedError"]!, 12);
        Assert.Equal(fitted.SealedError, (double)entry["evaluation"]!["splits"]![0]!["balancedError"]!, 12);
        Assert.Equal(0, (double)entry["publicEvaluation"]!["splits"]![0]!["balancedError"]!);
        Assert.Equal("sealed", (string?)entry["part"]);
        Assert.Null(entry["sealedEvaluation"]);
        Assert.NotNull(entry["evaluation"]!["splits"]![0]!["confusion"]);
        Assert.Equal(12, (int)comparison["splits"]![0]!["images"]!);
        Assert.Equal(fitted.SealedError - honest.SealedError, (double)comparison["ranking"]!["difference"]!, 12);
    }

    [Fact]
    public async Task The_final_ranking_shows_both_parts_and_who_fitted_the_public_one()
    {
        await using var own = await SealedServer.StartAsync(Labels, Labels);
        var (fitted, honest) = await SubmitAsync(own.Server);
        await own.CloseAsync();

        var final = await own.Server.Client.GetJsonAsync("/api/benchmarks/tiny/final");
        var page = await own.Server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);

        var (first, second) = (final["entries"]![0]!, final["entries"]![1]!);
        Assert.Equal(("tiny", 0.5), ((string?)final["benchmark"], (double)final["share"]!));
        Assert.Equal(("Honest", 1, 2), ((string?)first["method"], (int)first["rank"]!, (int)first["publicRank"]!));
        Assert.Equal(("Fitted", 2, 1), ((string?)second["method"], (int)second["rank"]!, (int)second["publicRank"]!));
        Assert.Equal(honest.SealedError, (double)first["sealedError"]!, 12);
        Assert.Equal(honest.PublicError, (double)first["publicError"]!, 12);
        Assert.Equal(fitted.SealedError, (double)second["difference"]!, 12);
        var expected = PartDifference.Compute(SealedServer.Divide("test2", Labels), fitted.Predicted, 3, null)!.Value;
        Assert.Equal([expected.Interval.Lower, expected.Interval.Upper], second["differenceInterval"]!.AsArray().Select(l => (double)l!));
        Assert.Equal(expected.P, (double)second["p"]!, 12);
        Assert.Equal(2 * expected.P, (double)second["adjustedP"]!, 12);
        Assert.Equal((false, true), ((bool)first["hasFallen"]!, (bool)second["hasFallen"]!));
        Assert.Contains("One entry makes significantly more errors on the sealed part than on the public part: Fitted.", page);
        Assert.Contains("Scores and ranks are of the sealed part of each test set", page);
    }

    [Fact]
    public async Task The_gauge_compares_the_best_entries_of_submitters_by_their_number_of_tries()
    {
        await using var own = await SealedServer.StartAsync(Labels, Labels);
        for (var lab = 1; lab <= 5; lab++)
        {
            using var owner = await (await TestAccount.RegisterAsync(own.Server, $"Lab {lab}")).CreateClientAsync();
            for (var entry = 0; entry < lab; entry++)
            {
                await SubmitAsync(owner, $"Entry {entry}", 5 - entry, 5);
            }
        }

        await own.CloseAsync();
        var final = await own.Server.Client.GetJsonAsync("/api/benchmarks/tiny/final");
        var page = await own.Server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);

        // Lab n made n tries, of which the last has the fewest errors on the public part and as many as the others on the sealed part.
        var gauge = final["gauge"]!;
        var best = final["entries"]!.AsArray().Where(e => (bool?)e!["isBestOfSubmitter"] == true).ToList();
        Assert.Equal(5, (int)gauge["submitters"]!);
        Assert.Equal(
            ["Lab 1 Entry 0", "Lab 2 Entry 1", "Lab 3 Entry 2", "Lab 4 Entry 3", "Lab 5 Entry 4"],
            best.Select(e => $"{e!["submitter"]} {e["method"]}").Order(StringComparer.Ordinal)
        );
        Assert.InRange((double)gauge["slopePerDoubling"]!, (double)gauge["interval"]![0]!, (double)gauge["interval"]![1]!);
        Assert.True((double)gauge["interval"]![0]! > 0, gauge.ToJsonString());
        Assert.Contains("Across the best entries of 5 submitters, the difference changes by +", WebUtility.HtmlDecode(page));
    }

    [Fact]
    public async Task A_running_benchmark_has_no_final_ranking()
    {
        await using var own = await SealedServer.StartAsync(Labels, Labels);
        using var organiser = await TestAccount.CreateOrganiserClientAsync(own.Server);

        using var response = await organiser.GetAsync("/api/benchmarks/tiny/final", Cancellation);

        var problem = await ReadProblemAsync(response, HttpStatusCode.Conflict);
        Assert.Equal(
            "The final ranking of tiny is of the sealed part of its labels. It is shown when the benchmark is closed.",
            (string?)problem["detail"]
        );
        Assert.DoesNotContain("Public and sealed part", await own.Server.Client.GetStringAsync("/benchmarks/tiny", Cancellation));
    }

    [Fact]
    public async Task A_closed_benchmark_without_a_sealed_part_has_no_other_ranking_than_its_leaderboard()
    {
        await using var own = await SealedServer.StartAsync(Labels, Labels, share: "0");
        var (fitted, _) = await SubmitAsync(own.Server);
        await own.CloseAsync();

        using var response = await own.Server.Client.GetAsync("/api/benchmarks/tiny/final", Cancellation);

        var problem = await ReadProblemAsync(response, HttpStatusCode.NotFound);
        Assert.Equal("The benchmark tiny has no sealed part, so its leaderboard is its final ranking.", (string?)problem["detail"]);
        var entry = await own.Server.Client.GetJsonAsync($"/api/submissions/{fitted.Id}");
        Assert.Equal(24, (int)entry["evaluation"]!["splits"]![0]!["images"]!);
    }

    /// <summary>Submits an entry that knows all public labels and errs in 9 of 12 sealed images, and one that errs in 2 of each.</summary>
    internal static async Task<(Sent Fitted, Sent Honest)> SubmitAsync(TestServer server)
    {
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        return (await SubmitAsync(owner, "Fitted", 0, 9), await SubmitAsync(owner, "Honest", 2, 2));
    }

    private static async Task<Sent> SubmitAsync(HttpClient owner, string method, int errorsOfPublic, int errorsOfSealed)
    {
        var parts = SealedServer.Divide("test2", Labels);
        ushort[] predicted = [.. Labels];
        foreach (var i in parts.Public.Positions!.Take(errorsOfPublic).Concat(parts.Sealed!.Positions!.Take(errorsOfSealed)))
        {
            predicted[i] = (ushort)((predicted[i] + 1) % 3);
        }

        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("", method).File("test2", SealedServer.ToCsv("test2", predicted)));
        return new Sent((string)sent["id"]!, predicted, ErrorOf(parts.Public, predicted), ErrorOf(parts.Sealed, predicted));
    }

    private static double ErrorOf(SplitPart part, ushort[] predicted) =>
        ConfusionMatrix.Count(part.Labels.Classes, part.Select(predicted), 3).BalancedError;

    private static IEnumerable<string> MethodsOf(JsonNode board) => board["rows"]!.AsArray().Select(r => (string)r!["method"]!);

    private static async Task<JsonNode> ReadProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        return JsonNode.Parse(await response.ReadTextAsync())!;
    }

    internal sealed record Sent(string Id, ushort[] Predicted, double PublicError, double SealedError);
}

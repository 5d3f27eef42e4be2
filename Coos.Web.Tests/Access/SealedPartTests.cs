using System.Text.Json.Nodes;
using Coos.Evaluator.Disclosures;
using Coos.Shared.Scores;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>While a benchmark runs, nobody but organisers sees anything that depends on the labels of the sealed part.</summary>
public sealed class SealedPartTests
{
    private static readonly string[] MoreAddresses =
    [
        "/",
        "/api/benchmarks",
        "/api/benchmarks/tiny",
        "/api/benchmarks/tiny/changes",
        "/api/benchmarks/tiny/final",
        "/api/benchmarks/tiny/leaderboard.bib",
        "/api/submissions/{id}/details",
        "/api/submissions/{id}/events",
        "/benchmarks/tiny/changes",
        "/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods",
        "/benchmarks/tiny/data",
        "/benchmarks/tiny/preview.png",
        "/benchmarks/tiny/submit",
        "/benchmarks/tiny/template/test1.csv",
        "/submissions/{id}/confusion/test2",
        "/submissions/{id}/preview.png",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_are_of_the_public_part_and_organisers_also_see_the_sealed_part()
    {
        var labels = SealedServer.CreateLabels();
        await using var own = await SealedServer.StartAsync(labels, labels);
        using var owner = await (await TestAccount.RegisterAsync(own.Server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(own.Server);
        var parts = SealedServer.Divide("test2", labels);
        var predicted = Predict(parts, errorsOfPublic: 2, errorsOfSealed: 6);

        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("").File("test2", SealedServer.ToCsv("test2", predicted)));
        var full = await organiser.GetJsonAsync($"/api/submissions/{sent["id"]}");
        var board = await organiser.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        var benchmark = await owner.GetJsonAsync("/api/benchmarks/tiny");

        var (openError, sealedError) = (ErrorOf(parts.Public, predicted), ErrorOf(parts.Sealed!, predicted));
        Assert.True(sealedError > openError + 0.2);
        Assert.Equal(Math.Round(openError, 3), (double)SplitOf(sent, "evaluation")["balancedError"]!, 9);
        Assert.Equal(12, (int)SplitOf(sent, "evaluation")["images"]!);
        Assert.Equal("public", (string?)sent["part"]);
        Assert.Equal((null, null), (sent["sealedEvaluation"], sent["publicEvaluation"]));
        Assert.Equal(openError, (double)SplitOf(full, "evaluation")["balancedError"]!, 12);
        Assert.Equal(sealedError, (double)SplitOf(full, "sealedEvaluation")["balancedError"]!, 12);
        Assert.Equal(parts.Public.Labels.Hash, (string?)SplitOf(full, "evaluation")["labelsHash"]);
        Assert.Equal(Math.Round(openError, 3), (double)board["rows"]![0]!["splits"]!["test2"]!["balancedError"]!, 9);
        Assert.Equal(0.5, (double)benchmark["sealed"]!["share"]!);
        var split = benchmark["splits"]!.AsArray().Single(s => (string?)s!["name"] == "test2")!;
        Assert.Equal((24, 12), ((int)split["images"]!, (int)split["scoredImages"]!));
    }

    [Fact]
    public async Task A_guarded_benchmark_seals_half_of_its_labels_unless_the_manifest_says_otherwise()
    {
        var labels = SealedServer.CreateLabels();
        await using var own = await SealedServer.StartAsync(labels, labels, share: "0");
        using var owner = await (await TestAccount.RegisterAsync(own.Server, "Owner")).CreateClientAsync();

        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("").File("test2", SealedServer.ToCsv("test2", labels)));

        Assert.Equal(24, (int)SplitOf(sent, "evaluation")["images"]!);
        Assert.Null(sent["part"]);
        Assert.Null((await owner.GetJsonAsync("/api/benchmarks/tiny"))["sealed"]);

        var manifest = Path.Combine(own.Server.Tiny, "benchmark.json");
        var text = await File.ReadAllTextAsync(manifest, Cancellation);
        await File.WriteAllTextAsync(manifest, text.Replace(", \"sealed\": { \"share\": 0 }", "", StringComparison.Ordinal), Cancellation);
        await own.RestartAsync();

        Assert.Equal(0.5, (double)(await own.Server.Client.GetJsonAsync("/api/benchmarks/tiny"))["sealed"]!["share"]!);
        Assert.Equal(12, (int)await WaitForImagesAsync(own.Server, $"/api/submissions/{sent["id"]}", 12));
    }

    /// <summary>
    /// Two servers with the same key and the same draw have different labels of the sealed part. Every response to owner and visitors
    /// is the same byte by byte.
    /// </summary>
    [Fact]
    public async Task No_response_depends_on_sealed_labels()
    {
        var labels = SealedServer.CreateLabels();
        var (test1, test2) = (ChangeSealedLabels("test1", labels), ChangeSealedLabels("test2", labels));
        ushort[] first = [.. labels.Select((k, i) => i % 5 == 0 ? (ushort)((k + 1) % 3) : k)];
        ushort[] second = [.. labels.Select((k, i) => i % 4 == 0 ? (ushort)((k + 2) % 3) : k)];

        var one = await CollectResponsesAsync(labels, labels, first, second);
        var other = await CollectResponsesAsync(test1, test2, first, second);

        Assert.Empty(one.Shown.Where(r => r.Value != other.Shown[r.Key]).Select(r => $"{r.Key} depends on sealed labels"));
        Assert.NotEqual(one.OrganiserSees, other.OrganiserSees);
    }

    [Fact]
    public async Task Another_share_and_another_key_rescore_every_submission()
    {
        var labels = SealedServer.CreateLabels();
        await using var own = await SealedServer.StartAsync(labels, labels);
        using var owner = await (await TestAccount.RegisterAsync(own.Server, "Owner")).CreateClientAsync();
        var predicted = Predict(SealedServer.Divide("test2", labels), errorsOfPublic: 0, errorsOfSealed: 12);
        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("").File("test2", SealedServer.ToCsv("test2", predicted)));
        var path = $"/api/submissions/{sent["id"]}";
        Assert.Equal(0, (double)SplitOf(sent, "evaluation")["balancedError"]!);

        await own.SetShareAsync("0.25");
        Assert.Equal(18, await WaitForImagesAsync(own.Server, path, 18));
        await own.SetShareAsync("0.5");
        Assert.Equal(12, await WaitForImagesAsync(own.Server, path, 12));
        await own.SetKeyAsync([.. SealedServer.Key.Reverse()]);
        for (var i = 0; i < 200 && await ReadErrorAsync(own.Server, path) == 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        Assert.NotEqual(0, await ReadErrorAsync(own.Server, path));
        var history = await own.Server.Client.GetJsonAsync(path + "/evaluations");
        Assert.All(history.AsArray(), e => Assert.InRange((int)e!["evaluation"]!["splits"]![0]!["images"]!, 12, 18));
    }

    [Fact]
    public async Task The_key_is_created_once_and_kept()
    {
        var labels = SealedServer.CreateLabels();
        await using var own = await SealedServer.StartAsync(labels, labels);
        await own.SetKeyAsync([9]);
        await own.RestartAsync();

        await using var database = await own.Server.OpenDatabaseAsync();
        Assert.Equal([9], (await database.ServerSecrets.SingleAsync(s => s.Name == "sealed", Cancellation)).Value);
    }

    /// <summary>Swaps labels of sealed images as long as the draw stays the same; it depends on classes, though hardly.</summary>
    private static ushort[] ChangeSealedLabels(string split, ushort[] labels)
    {
        var original = SealedServer.Divide(split, labels).Sealed!.Positions!;
        var changed = labels.ToArray();
        foreach (var i in original)
        {
            foreach (var j in original)
            {
                ushort[] swapped = [.. changed];
                (swapped[i], swapped[j]) = (changed[j], changed[i]);
                if (changed[i] == labels[i] && labels[i] != labels[j] && changed[j] == labels[j] && HasDraw(split, swapped, original))
                {
                    changed = swapped;
                }
            }
        }

        Assert.InRange(Enumerable.Range(0, labels.Length).Count(i => changed[i] != labels[i]), 6, 12);
        return changed;
    }

    private static bool HasDraw(string split, ushort[] labels, IReadOnlyList<int> positions) =>
        SealedServer.Divide(split, labels).Sealed!.Positions!.SequenceEqual(positions);

    private static async Task<(Dictionary<string, string> Shown, string OrganiserSees)> CollectResponsesAsync(
        ushort[] test1,
        ushort[] test2,
        ushort[] first,
        ushort[] second
    )
    {
        await using var own = await SealedServer.StartAsync(test1, test2);
        var server = own.Server;
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var sent = await owner.SubmitScoredAsync(CreateForm(first));
        var other = await owner.SubmitScoredAsync(CreateForm(second));
        var (id, otherId) = ((string)sent["id"]!, (string)other["id"]!);
        string Normalize(string text) => GuardedBenchmarkTests.Normalize(text, server, id, otherId);
        using var details = await owner.PostAsync($"/api/submissions/{id}/details", null, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.OK, details.StatusCode);
        var responses = new Dictionary<string, string>
        {
            ["POST"] = Normalize(sent.ToJsonString()),
            ["details"] = Normalize(await details.ReadTextAsync()),
        };
        foreach (var address in GuardedBenchmarkTests.Addresses.Concat(MoreAddresses))
        {
            var path = address.Replace("{id}", id, StringComparison.Ordinal).Replace("{other}", otherId, StringComparison.Ordinal);
            foreach (var (name, client) in new[] { ("owner", owner), ("anonymous", server.Client) })
            {
                using var response = await client.GetAsync(path, Cancellation);
                var text = Normalize(System.Text.Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(Cancellation)));
                responses[$"{name} {address}"] = $"{(int)response.StatusCode} {text}";
            }
        }

        var full = await organiser.GetJsonAsync($"/api/submissions/{id}");
        return (responses, full["sealedEvaluation"]!["splits"]!.ToJsonString());
    }

    private static UploadForm CreateForm(ushort[] predicted) =>
        UploadForm.Tiny("").File("test1", SealedServer.ToCsv("test1", predicted)).File("test2", SealedServer.ToCsv("test2", predicted));

    /// <summary>Predictions with the given numbers of errors in each part.</summary>
    private static ushort[] Predict(SplitParts parts, int errorsOfPublic, int errorsOfSealed)
    {
        var predicted = SealedServer.CreateLabels();
        foreach (var i in parts.Public.Positions!.Take(errorsOfPublic).Concat(parts.Sealed!.Positions!.Take(errorsOfSealed)))
        {
            predicted[i] = (ushort)((predicted[i] + 1) % 3);
        }

        return predicted;
    }

    private static double ErrorOf(SplitPart part, ushort[] predicted) =>
        ConfusionMatrix.Count(part.Labels.Classes, part.Select(predicted), 3).BalancedError;

    private static JsonNode SplitOf(JsonNode submission, string evaluation) => Assert.Single(submission[evaluation]!["splits"]!.AsArray())!;

    private static async Task<double> ReadErrorAsync(TestServer server, string path) =>
        (double)SplitOf(await server.Client.GetJsonAsync(path), "evaluation")["balancedError"]!;

    private static async Task<int> WaitForImagesAsync(TestServer server, string path, int images)
    {
        var found = 0;
        for (var i = 0; i < 200 && found != images; i++)
        {
            found = (int)SplitOf(await server.Client.GetJsonAsync(path), "evaluation")["images"]!;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        return found;
    }
}

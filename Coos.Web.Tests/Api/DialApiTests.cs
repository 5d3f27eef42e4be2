using System.Net;
using System.Text.Json.Nodes;
using Coos.Models.Dials;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The API calls and pages about errors on changed images.</summary>
public sealed class DialApiTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private Guid _id;
    private Guid _other;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TinyBenchmark.WriteWells(_server.Tiny);
        await _server.StartAsync();
        _id = await SubmitAsync("Method A", 0, 0, 1, 1, 2, 2);
        _other = await SubmitAsync("Method B", 0, 0, 1, 1, 2, 1);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_answer_has_the_errors_of_every_dial_and_level()
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{_id}/dials");

        Assert.Equal(("tiny", "test1", 6), ((string?)document["benchmark"], (string?)document["split"], (int)document["images"]!));
        var dials = document["dials"]!.AsArray();
        Assert.Equal(ShiftDials.All.Select(d => d.Name), dials.Select(d => (string?)d!["name"]));
        var defocus = dials[0]!;
        Assert.Equal("pixels", (string?)defocus["unit"]);
        Assert.Equal([0, 0.25, 0.5, 1, 1.5], defocus["levels"]!.AsArray().Select(l => (double)l!["strength"]!));
        Assert.Equal([0, 0, 0, 0, 0.666666666667], defocus["levels"]!.AsArray().Select(l => Math.Round((double)l!["balancedError"]!, 12)));
        Assert.All(defocus["levels"]!.AsArray(), l => Assert.Equal(2, l!["interval"]!.AsArray().Count));
        Assert.Equal(1 + (0.5 * 0.05 * 1.5), (double)defocus["fivePointLoss"]!["strength"]!, 9);
        Assert.Equal(2 / 3.0 / 4, (double)defocus["meanError"]!, 9);
    }

    [Fact]
    public async Task The_table_has_the_numbers_of_the_answer()
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);

        var csv = await _server.Client.GetStringAsync($"/api/submissions/{_id}/dials.csv", Cancellation);

        Assert.StartsWith("dial,unit,level,strength,balancedError,lower,upper,change", csv, StringComparison.Ordinal);
        Assert.Equal(1 + (5 * ShiftDials.All.Count), csv.Count(c => c == '\n'));
        Assert.Contains("\ndefocus,pixels,4,1.5,0.6666666666666", csv, StringComparison.Ordinal);
        Assert.Contains("\nphotonNoise,photons per grey level,0,,0,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_compared_on_the_same_images()
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        await DialRows.InsertAsync(_server, _other, _ => [0, 0, 1, 1, 2, 1]);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{_id}/dials?with={_other}");
        var page = await ReadAsync($"/submissions/{_id}/dials?with={_other}");
        var compare = await ReadAsync($"/compare?a={_id}&b={_other}");

        var comparison = document["comparison"]!;
        Assert.Equal(("Method B", _other), ((string?)comparison["method"], (Guid)comparison["with"]!));
        var levels = comparison["levels"]!.AsArray();
        Assert.Equal(29, levels.Count);
        Assert.Equal(1 / 6.0, (double)levels[0]!["difference"]!["difference"]!, 9);
        var last = levels.Single(l => (string?)l!["dial"] == "defocus" && (int)l["level"]! == 4)!;
        Assert.Equal(-0.5, (double)last["difference"]!["difference"]!, 9);
        Assert.Contains(">Method B, %</th>", page, StringComparison.Ordinal);
        Assert.Contains("squares are Method B", page, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{_other}\" selected>Method B", page, StringComparison.Ordinal);
        Assert.Contains($"/submissions/{_id}/dials?with={_other}\"", compare, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_an_entry_shows_what_breaks_it_if_its_model_was_run()
    {
        var before = await ReadAsync($"/submissions/{_id}");
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        var after = await ReadAsync($"/submissions/{_id}");
        var page = await ReadAsync($"/submissions/{_id}/dials");

        Assert.DoesNotContain("What breaks it", before, StringComparison.Ordinal);
        foreach (var text in new[] { after, page })
        {
            Assert.Contains("Loses five points of balanced error by defocus at 1.0", text, StringComparison.Ordinal);
            Assert.Contains("aria-label=\"Defocus: balanced error none 0.0%", text, StringComparison.Ordinal);
            Assert.Equal(ShiftDials.All.Count, text.Split("<figcaption><b>").Length - 1);
        }

        Assert.Contains($"href=\"/submissions/{_id}/dials\"", after, StringComparison.Ordinal);
        Assert.Contains(">Photon noise</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_whose_model_was_not_run_is_refused_with_the_reason()
    {
        using var answer = await _server.Client.GetAsync($"/api/submissions/{_id}/dials", Cancellation);
        var page = await ReadAsync($"/submissions/{_id}/dials");
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        using var half = await _server.Client.GetAsync($"/api/submissions/{_id}/dials?with={_other}", Cancellation);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (answer.StatusCode, half.StatusCode));
        Assert.StartsWith("Method A has no dial scores.", await ReadDetailAsync(answer), StringComparison.Ordinal);
        Assert.StartsWith("Method B has no dial scores.", await ReadDetailAsync(half), StringComparison.Ordinal);
        Assert.Contains("Method A has no dial scores.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    [InlineData("{id}", HttpStatusCode.BadRequest)]
    [InlineData("00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound)]
    public async Task Wrong_ids_of_another_entry_are_rejected(string with, HttpStatusCode expected)
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        with = with.Replace("{id}", _id.ToString(), StringComparison.Ordinal);

        foreach (
            var path in new[] { "/api/submissions/{0}/dials?with=", "/api/submissions/{0}/dials.csv?with=", "/submissions/{0}/dials?with=" }
        )
        {
            using var answer = await _server.Client.GetAsync(
                path.Replace("{0}", _id.ToString(), StringComparison.Ordinal) + with,
                Cancellation
            );
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Predictions_of_other_images_are_refused()
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        await using var database = await _server.OpenDatabaseAsync();
        await database.DialPredictions.ExecuteUpdateAsync(set => set.SetProperty(p => p.ImagesHash, new byte[32]), Cancellation);

        using var answer = await _server.Client.GetAsync($"/api/submissions/{_id}/dials", Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.StartsWith("The images of test1 changed", await ReadDetailAsync(answer), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_deleted_submission_takes_its_predictions_along()
    {
        await DialRows.InsertAsync(_server, _id, DialRows.LoseByDefocus);
        await using var database = await _server.OpenDatabaseAsync();

        await database
            .Submissions.Where(s => s.Id == _id)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.CurrentEvaluationId, (Guid?)null), Cancellation);
        await database.Submissions.Where(s => s.Id == _id).ExecuteDeleteAsync(Cancellation);

        Assert.Equal(0, await database.DialPredictions.CountAsync(Cancellation));
    }

    private async Task<Guid> SubmitAsync(string method, params int[] test1) =>
        (Guid)
            (await _server.Client.SubmitScoredAsync(UploadForm.Tiny("Lab " + method, method).Test1(test1).Test2(0, 0, 0, 1, 1, 2)))["id"]!;

    private async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode(await _server.Client.GetStringAsync(path, Cancellation));

    private static async Task<string> ReadDetailAsync(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.ReadTextAsync())!["detail"]!;
}

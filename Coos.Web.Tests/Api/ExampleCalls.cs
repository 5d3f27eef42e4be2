using System.Text;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The calls whose answers are the examples, by the examples' file names.</summary>
internal sealed class ExampleCalls : IAsyncDisposable
{
    private const string Nobody = "/api/submissions/00000000-0000-0000-0000-000000000000";
    private const string Post = "/api/submissions";

    private static readonly Dictionary<string, Func<ExampleCalls, Task<HttpResponseMessage>>> Calls = new()
    {
        ["GetBenchmarks.200.all-benchmarks.json"] = c => c.GetAsync("/api/benchmarks"),
        ["GetBenchmark.200.a-benchmark.json"] = c => c.GetAsync("/api/benchmarks/tiny"),
        [
            "GetBenchmark+GetLeaderboard+GetLeaderboardJson+GetLeaderboardCsv+GetLeaderboardLatex+GetLeaderboardBibTex+GetChanges+PutLabels.404.unknown-benchmark.json"
        ] = c => c.GetAsync("/api/benchmarks/no-such/leaderboard"),
        ["GetLeaderboard.200.submissions.json"] = async c => await c.GetAsync("/api/benchmarks/tiny/leaderboard", await c.ScoredAsync()),
        ["GetLeaderboard.200.reported-results.json"] = c =>
            c.GetAsync("/api/benchmarks/coos-7/leaderboard?sort=test3&q=rf&kind=reported&pageSize=2"),
        ["GetLeaderboardCsv.200.a-whole-board.csv"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.csv", await c.ScoredAsync()),
        ["GetLeaderboardJson.200.a-whole-board.json"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.json", await c.ScoredAsync()),
        ["GetLeaderboardLatex.200.a-whole-board.tex"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.tex", await c.ScoredAsync()),
        ["GetLeaderboardBibTex.200.a-whole-board.bib"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.bib", await c.ScoredAsync()),
        ["GetChanges.200.new-labels.json"] = _ => SendToRelabelledServerAsync(server => Task.FromResult("/api/benchmarks/tiny/changes")),
        ["GetLeaderboard.400.wrong-parameters.json"] = c => c.GetAsync("/api/benchmarks/tiny/leaderboard?sort=error&pageSize=1000"),
        ["PostSubmission.201.scored.json"] = c => c.SendAsync(Post, Good()),
        ["PostSubmission.202.still-scoring.json"] = _ => SendToBusyServerAsync(),
        ["PostSubmission+ValidateSubmission.400.wrong-fields.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab", "").Field("paperUrl", "example.org").File("test9", "x")),
        ["PostSubmission+ValidateSubmission.400.wrong-files.json"] = c =>
            c.SendAsync(
                Post,
                UploadForm.Tiny("Example Lab").File("test1", "image_id,label\na-0,0\na-1,Oval\na-2,1\na-3,1\na-4,2\n").File("test2", "")
            ),
        ["PostSubmission+ValidateSubmission.400.broken-form.json"] = c =>
            c.SendAsync(Post, new StringContent("--b\r\n") { Headers = { ContentType = new("multipart/form-data") } }),
        ["PostSubmission+ValidateSubmission.401.sign-in-needed.json"] = _ => SendToClosedServerAsync(),
        ["PostSubmission+ValidateSubmission.403.scope-missing.json"] = c =>
            c.AsAsync("Example Lab", TokenScopes.Read, program => program.SubmitAsync(Good())),
        ["PostSubmission.429.quota-spent.json"] = _ => SendToStrictServerAsync(),
        ["GetPredictions+DeleteSubmission+PatchSubmission+PutLabels.401.not-signed-in.json"] = async c =>
            await c._server.Client.DeleteAsync(await c.ScoredAsync(), Cancellation),
        ["GetPredictions+DeleteSubmission+PatchSubmission.403.not-yours.json"] = async c => await c.DeleteAsync(await c.ScoredAsync()),
        ["GetPredictions.200.as-it-was-sent.csv"] = async c =>
            await c.OrganiseAsync(HttpMethod.Get, await c.ScoredAsync() + "/predictions/test1", null),
        ["PatchSubmission.200.changed.json"] = async c =>
            await c.OrganiseAsync(
                HttpMethod.Patch,
                await c.ScoredAsync(),
                Json("""{ "visibility": "private", "codeUrl": "https://example.org/code" }""")
            ),
        ["PatchSubmission.400.wrong-fields.json"] = async c =>
            await c.OrganiseAsync(HttpMethod.Patch, await c.ScoredAsync(), Json("""{ "visibility": "secret", "method": "Another" }""")),
        ["PatchSubmission.415.no-json.json"] = async c =>
            await c.OrganiseAsync(HttpMethod.Patch, await c.ScoredAsync(), new StringContent("visibility=private")),
        ["PutLabels.200.in-force.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test3"), new StringContent("image_id,label\nc-0,0\nc-1,1\nc-2,2\n")),
        ["PutLabels.400.wrong-labels.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test3"), new StringContent("image_id,label\nc-0,0\nc-1,9\n")),
        ["PutLabels.403.organisers-only.json"] = c =>
            c.AsAsync(
                "Example Lab",
                TokenScopes.All,
                program => program.PutAsync(Labels("test3"), new StringContent("image_id,label\nc-0,0\n"), Cancellation)
            ),
        ["PutLabels.409.labels-in-a-file.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test1"), new StringContent("image_id,label\na-0,0\n")),
        ["PostSubmission+ValidateSubmission.404.unknown-benchmark.json"] = c =>
            c.SendAsync(Post, new UploadForm().Field("benchmark", "no-such")),
        ["PostSubmission+ValidateSubmission.409.labels-not-imported.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab").File("test3", "image_id,label\nc-0,0\n")),
        ["PostSubmission.409.sent-before.json"] = async c => await c.SendAsync(Post, Good(), await c.ScoredAsync()),
        ["PostSubmission+ValidateSubmission.413.too-large.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab").File("test1", new byte[70 << 20])),
        ["PostSubmission+ValidateSubmission.415.no-form.json"] = c =>
            c.SendAsync(Post, new StringContent("{}", Encoding.UTF8, "application/json")),
        ["ValidateSubmission.200.in-order.json"] = c => c.SendAsync(Post + "/validate", Good()),
        ["GetSubmission.200.scored.json"] = async c => await c.GetAsync(await c.ScoredAsync()),
        ["GetEvaluations.200.older-labels-and-those-of-now.json"] = _ =>
            SendToRelabelledServerAsync(server => server.FirstEvaluationsAsync()),
        ["GetSubmissionEvents.200.scored.txt"] = async c => await c.GetAsync(await c.ScoredAsync() + "/events"),
        [
            "GetSubmission+GetSubmissionEvents+GetEvaluations+GetConfusion+GetConfusionCsv+GetPredictions+DeleteSubmission+PatchSubmission.404.no-such-submission.json"
        ] = c => c.GetAsync(Nobody),
        ["EvaluateSubmission.200.scored-again.json"] = _ => EvaluateAsync(server => server.Client.SubmitScoredAsync(Good())),
        ["EvaluateSubmission.202.waits.json"] = _ => EvaluateOnBusyServerAsync(),
        ["EvaluateSubmission.401.for-organisers.json"] = c => c.SendAsync(Nobody + "/evaluate", new StringContent("")),
        ["EvaluateSubmission.403.not-an-organiser.json"] = c =>
            c.AsAsync("Somebody else", TokenScopes.All, program => program.PostAsync(Nobody + "/evaluate", null, Cancellation)),
        ["EvaluateSubmission.404.no-such-submission.json"] = _ =>
            EvaluateAsync(_ => Task.FromResult(JsonNode.Parse($"{{ \"id\": \"{Guid.Empty}\" }}")!)),
        ["EvaluateSubmission.409.reported-result.json"] = _ =>
            EvaluateAsync(async server =>
                (await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?kind=reported&pageSize=1"))["rows"]![0]!
            ),
        ["GetConfusion.200.a-matrix.json"] = async c => await c.GetAsync(await c.ScoredAsync() + "/confusion/test1"),
        ["GetConfusion.200.against-another-entry.json"] = async c => await c.GetAsync(await c.AgainstAsync("")),
        ["GetConfusion.400.two-of-them.json"] = async c => await c.GetAsync(await c.AgainstAsync("&from=test2")),
        ["GetConfusion.409.not-scored-yet.json"] = _ => SetAgainstWaitingAsync(),
        ["GetConfusionCsv.200.a-matrix.csv"] = async c => await c.GetAsync(await c.ScoredAsync() + "/confusion/test1.csv"),
        ["GetConfusion+GetConfusionCsv.404.not-predicted.json"] = async c => await c.GetAsync(await c.ScoredAsync() + "/confusion/test2"),
        ["CompareSubmissions.200.two-submissions.json"] = async c => await c.GetAsync(await c.PairAsync()),
        ["CompareSubmissions.400.wrong-parameters.json"] = c => c.GetAsync("/api/compare?a=1"),
        ["CompareSubmissions.400.different-benchmarks.json"] = async c => await c.GetAsync(await c.StrangersAsync()),
        ["CompareSubmissions.404.no-such-submission.json"] = c =>
            c.GetAsync("/api/compare?a=00000000-0000-0000-0000-000000000000&b=00000000-0000-0000-0000-000000000001"),
        ["CompareSubmissions.409.not-scored-yet.json"] = _ => CompareOnIdleServerAsync(),
    };

    private readonly OwnServer _server = new();

    public static IEnumerable<string> Names => Calls.Keys;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask StartAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public Task<HttpResponseMessage> SendAsync(string example) => Calls[example](this);

    private static UploadForm Good() => UploadForm.Tiny("Example Lab", "ResNet-18").Field("externalData", "false").Test1(0, 1, 1, 1, 2, 0);

    /// <summary>The path of a scored submission.</summary>
    private async Task<string> ScoredAsync() => (string)(await _server.Client.SubmitScoredAsync(Good()))["links"]!["self"]!;

    /// <summary>The call that compares two submissions.</summary>
    private async Task<string> PairAsync()
    {
        var (a, b) = await PairOfEntries.SubmitAsync(_server.Client, "Example Lab");
        return $"/api/compare?a={a}&b={b}";
    }

    /// <summary>The call that sets a matrix against another entry's.</summary>
    private async Task<string> AgainstAsync(string more)
    {
        var (a, b) = await PairOfEntries.SubmitAsync(_server.Client, "Example Lab");
        return $"/api/submissions/{a}/confusion/test1?against={b}{more}";
    }

    private static async Task<HttpResponseMessage> SetAgainstWaitingAsync()
    {
        await using var server = await OwnServer.StartedAsync();
        var scored = await server.Client.SubmitScoredAsync(Good());
        await server.StopAsync();
        await server.StartAsync("web");
        var waiting = await SubmissionRow.InsertAsync(server);
        return await server.Client.GetAsync($"/api/submissions/{scored["id"]}/confusion/test1?against={waiting}", Cancellation);
    }

    /// <summary>The call that asks to compare entries of two benchmarks.</summary>
    private async Task<string> StrangersAsync()
    {
        var ((a, _), (b, _)) = (
            await PairOfEntries.SubmitAsync(_server.Client, "Example Lab"),
            await PairOfEntries.ReportedAsync(_server.Client)
        );
        return $"/api/compare?a={a}&b={b}";
    }

    private static async Task<HttpResponseMessage> CompareOnIdleServerAsync()
    {
        await using var server = await OwnServer.WithoutEvaluatorAsync(TimeProvider.System);
        var (a, b) = (await SubmissionRow.InsertAsync(server), await SubmissionRow.InsertAsync(server));
        return await server.Client.GetAsync($"/api/compare?a={a}&b={b}", Cancellation);
    }

    /// <param name="path">What is read.</param>
    /// <param name="_">What was made before.</param>
    private Task<HttpResponseMessage> GetAsync(string path, string _ = "") => _server.Client.GetAsync(path, Cancellation);

    private Task<HttpResponseMessage> SendAsync(string path, UploadForm form, string _ = "") => SendAsync(path, form.Content);

    private Task<HttpResponseMessage> SendAsync(string path, HttpContent content) => _server.Client.PostAsync(path, content, Cancellation);

    private static string Labels(string split) => $"/api/benchmarks/tiny/splits/{split}/labels";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<HttpResponseMessage> DeleteAsync(string path) =>
        AsAsync("Somebody else", TokenScopes.All, program => program.DeleteAsync(path, Cancellation));

    private async Task<HttpResponseMessage> OrganiseAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var program = await (await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true)).ProgramAsync();
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await program.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> AsAsync(string name, TokenScopes scopes, Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        using var program = await (await TestAccount.RegisterAsync(_server, name)).ProgramAsync(scopes);
        return await send(program);
    }

    private static async Task<HttpResponseMessage> SendToStrictServerAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new OwnServer();
        await server.StartAsync("web", clock, "--Coos:Quota:PerDay=1");
        using var first = await server.Client.SubmitPatientlyAsync(Good(), clock);
        return await server.Client.SubmitAsync(UploadForm.Tiny("Example Lab").Test1(2, 2, 2, 2, 2, 2));
    }

    private static async Task<HttpResponseMessage> SendToClosedServerAsync()
    {
        await using var server = new OwnServer();
        await server.StartAsync(more: "--Coos:Access:Submissions=SignedIn");
        return await server.Client.SubmitAsync(Good());
    }

    /// <summary>Has something scored again where the caller is the developer, who may do what organisers may.</summary>
    private static async Task<HttpResponseMessage> EvaluateAsync(Func<OwnServer, Task<JsonNode>> what)
    {
        await using var server = new OwnServer();
        await server.StartAsync();
        using var organiser = await TestAccount.OrganiserAsync(server);
        return await organiser.PostAsync($"{Post}/{(await what(server))["id"]}/evaluate", null, Cancellation);
    }

    private static async Task<HttpResponseMessage> EvaluateOnBusyServerAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new OwnServer();
        await server.StartAsync("web", clock);
        using var organiser = await TestAccount.OrganiserAsync(server);
        var submitted = await (await server.Client.SubmitPatientlyAsync(Good(), clock)).ReadJsonAsync(System.Net.HttpStatusCode.Accepted);
        return await organiser.PostPatientlyAsync($"{Post}/{submitted["id"]}/evaluate", null, clock);
    }

    private static async Task<HttpResponseMessage> SendToRelabelledServerAsync(Func<OwnServer, Task<string>> path)
    {
        await using var server = await OwnServer.StartedAsync();
        await server.Client.SubmitScoredAsync(Good().Test2(0, 0, 0, 1, 1, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Other Lab", "ViT-S").Test2(0, 0, 0, 1, 2, 2));
        await server.StopAsync();
        await File.WriteAllTextAsync(
            Path.Combine(server.Tiny, "labels", "test2.csv"),
            "image_id,label\nb-0,0\nb-1,0\nb-2,0\nb-3,1\nb-4,2\nb-5,2\n",
            Cancellation
        );
        await server.StartAsync();
        await server.AwaitBoardAsync(
            "tiny",
            board => (double?)board["rows"]![0]!["score"] == 0 && (string?)board["rows"]![0]!["method"] == "ViT-S"
        );
        return await server.Client.GetAsync(await path(server), Cancellation);
    }

    private static async Task<HttpResponseMessage> SendToBusyServerAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = await OwnServer.WithoutEvaluatorAsync(clock);
        return await server.Client.SubmitPatientlyAsync(Good(), clock);
    }
}

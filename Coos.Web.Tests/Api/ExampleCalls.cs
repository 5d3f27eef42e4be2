using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Server.LabelErrors;
using Coos.Shared;
using Coos.Web.Previews;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The calls whose responses are the API examples, by the file name of the example.</summary>
internal sealed class ExampleCalls : IAsyncDisposable
{
    private const string UnknownSubmission = "/api/submissions/00000000-0000-0000-0000-000000000000";
    private const string Post = "/api/submissions";
    private const string Participation = "/api/benchmarks/tiny/participation";
    private const string Participants = "/api/benchmarks/tiny/participants";

    private static readonly Dictionary<string, Func<ExampleCalls, Task<HttpResponseMessage>>> Calls = new()
    {
        ["GetBenchmarks.200.all-benchmarks.json"] = c => c.GetAsync("/api/benchmarks"),
        ["GetBenchmark.200.a-benchmark.json"] = c => c.GetAsync("/api/benchmarks/tiny"),
        [
            "GetBenchmark+GetLeaderboard+GetLeaderboardJson+GetLeaderboardCsv+GetLeaderboardLatex+GetLeaderboardBibTex"
                + "+GetChanges+GetFinalRanking+PutLabels+CloseBenchmark.404.unknown-benchmark.json"
        ] = c => c.GetAsync("/api/benchmarks/no-such/leaderboard"),
        [
            "GetMethods+GetMethodsCsv+GetMethod+GetConsistency+GetForecasts+GetResolution"
                + "+GetBoardWells+GetBoardWellsCsv+GetBoardWellsSvg+GetBoardWellsPng+GetLabelErrorInfluence.404.unknown-benchmark.json"
        ] = c => c.GetAsync("/api/benchmarks/no-such/methods"),
        ["GetResolution.200.a-small-benchmark.json"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/resolution", await c.SubmitTwoAsync()),
        ["GetLeaderboard.200.submissions.json"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard", await c.SubmitScoredAsync()),
        ["GetLeaderboard.200.reported-results.json"] = c =>
            c.GetAsync("/api/benchmarks/coos-7/leaderboard?sort=test3&q=rf&kind=reported&pageSize=2"),
        ["GetLeaderboard.200.your-mix.json"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard?weights=R:3,S:1&costs=R%3ES:2&splits=test1", await c.SubmitScoredAsync()),
        ["GetLeaderboard.400.wrong-mix.json"] = c =>
            c.GetAsync("/api/benchmarks/tiny/leaderboard?weights=R:-1,Oval:2&costs=R%3ER:2&splits=test9"),
        ["GetLeaderboard.403.guarded.json"] = _ =>
            TakePartAsync((_, client, _) => client.GetAsync("/api/benchmarks/tiny/leaderboard?weights=R:1", Cancellation)),
        ["GetLeaderboard.200.a-group.json"] = _ => SendToGroupServerAsync("", "/api/benchmarks/tiny/leaderboard?group=day:mon"),
        ["GetLeaderboard+GetLeaderboardJson+GetLeaderboardCsv.400.unknown-group.json"] = _ =>
            SendToGroupServerAsync("", "/api/benchmarks/tiny/leaderboard?group=day:sun"),
        ["GetLeaderboardJson+GetLeaderboardCsv.403.guarded.json"] = _ =>
            SendToGroupServerAsync("\"disclosure\": \"guarded\"", "/api/benchmarks/tiny/leaderboard.csv?group=day:mon"),
        ["GetLeaderboardCsv.200.whole-board.csv"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.csv", await c.SubmitScoredAsync()),
        ["GetLeaderboardJson.200.whole-board.json"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.json", await c.SubmitScoredAsync()),
        ["GetLeaderboardLatex.200.whole-board.tex"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.tex", await c.SubmitScoredAsync()),
        ["GetLeaderboardBibTex.200.whole-board.bib"] = async c =>
            await c.GetAsync("/api/benchmarks/tiny/leaderboard.bib", await c.SubmitScoredAsync()),
        ["GetMethods.200.three-runs.json"] = async c => await c.GetAsync(await c.SubmitRunsAsync()),
        ["GetMethodsCsv.200.three-runs.csv"] = async c => await c.GetAsync(await c.SubmitRunsAsync() + ".csv"),
        ["GetMethod.200.two-methods.json"] = async c => await c.GetAsync(await c.SubmitTwoMethodsAsync()),
        ["GetMethod.404.no-such-method.json"] = c => c.GetAsync("/api/benchmarks/tiny/methods/resnet-18"),
        ["GetChanges.200.new-labels.json"] = _ => SendToRelabelledServerAsync(server => Task.FromResult("/api/benchmarks/tiny/changes")),
        ["GetConsistency.200.two-entries.json"] = async c => await c.GetAsync("/api/benchmarks/tiny/consistency", await c.SubmitTwoAsync()),
        ["GetConsistency.400.unknown-split.json"] = c => c.GetAsync("/api/benchmarks/tiny/consistency?split=test9"),
        ["GetConsistency+GetForecasts.409.guarded.json"] = _ => SendToGuardedServerAsync("/api/benchmarks/tiny/consistency"),
        ["GetImages.200.the-hardest.json"] = _ => SendToImageServerAsync(Public, AskForHardestAsync),
        ["GetImagesCsv.200.all-images.csv"] = _ => SendToImageServerAsync(Public, c => c.GetAsync($"{Images}.csv?order=id", Cancellation)),
        ["GetSubmissionImages.200.a-matrix-cell.json"] = _ => SendToImageServerAsync(Public, c => AskForCellAsync(c, "")),
        ["GetSubmissionImagesCsv.200.a-matrix-cell.csv"] = _ => SendToImageServerAsync(Public, c => AskForCellAsync(c, ".csv")),
        ["GetImages+GetSubmissionImages+" + ImageFiles + ".400.unknown-class.json"] = c => c.GetAsync($"{Images}?true=Oval"),
        ["GetImagePicture.400.wrong-parameters.json"] = _ =>
            SendToImageServerAsync(Public, c => c.GetAsync($"{Images}/a-0.png?channels=membrane&size=4", Cancellation)),
        ["GetImagePicture+GetImages+GetSubmissionImages+" + ImageFiles + ".401.for-participants.json"] = _ =>
            SendToImageServerAsync("\"images\": \"participants\"", c => c.GetAsync($"{Images}/a-0.png", Cancellation)),
        ["GetImagePicture+GetImages+GetSubmissionImages+" + ImageFiles + ".403.for-organisers.json"] = c => c.GetAsync($"{Images}/a-0.png"),
        ["GetImages+GetSubmissionImages+" + ImageFiles + ".403.secret-labels.json"] = _ =>
            SendToImageServerAsync("\"images\": \"public\"", c => c.GetAsync(Images, Cancellation)),
        ["GetImagePicture.404.no-such-image.json"] = _ =>
            SendToImageServerAsync(Public, c => c.GetAsync($"{Images}/a-9.png", Cancellation)),
        ["GetImages+GetSubmissionImages+" + ImageFiles + ".404.no-images.json"] = _ =>
            SendToImageServerAsync(Public, c => c.GetAsync("/api/benchmarks/tiny/splits/test2/images", Cancellation)),
        ["GetImagePicture+GetImages+GetSubmissionImages+" + ImageFiles + ".409.other-images.json"] = _ =>
            SendToImageServerAsync(Public, c => c.GetAsync($"{Images}/a-0.png", Cancellation), count: 5),
        ["GetLabelErrors.200.one.json"] = _ => SendToDoubtedServerAsync("splits/test2/label-errors"),
        ["GetLabelErrorsCsv.200.one.csv"] = _ => SendToDoubtedServerAsync("splits/test2/label-errors.csv"),
        ["GetLabelErrorInfluence.200.two-entries.json"] = _ => SendToDoubtedServerAsync("label-errors"),
        ["GetLabelErrors+GetLabelErrorsCsv.400.wrong-parameters.json"] = _ =>
            SendToDoubtedServerAsync("splits/test2/label-errors?unanimous=maybe"),
        ["GetLabelErrors+GetLabelErrorsCsv.409.too-large.json"] = _ =>
            SendToDoubtedServerAsync("splits/test2/label-errors", maximumValues: 17),
        ["GetLabelErrors+GetLabelErrorsCsv.404.no-labels.json"] = _ => SendToDoubtedServerAsync("splits/test3/label-errors"),
        ["GetForecasts.200.two-entries.json"] = async c => await c.GetAsync("/api/benchmarks/tiny/forecasts", await c.SubmitTwoAsync()),
        ["GetFinalRanking.200.closed.json"] = _ => SendToSealedServerAsync(isClosed: true),
        ["GetFinalRanking.409.still-running.json"] = _ => SendToSealedServerAsync(isClosed: false),
        ["GetFinalRanking.404.no-sealed-part.json"] = c => c.GetAsync("/api/benchmarks/tiny/final"),
        ["GetLeaderboard.400.wrong-parameters.json"] = c => c.GetAsync("/api/benchmarks/tiny/leaderboard?sort=error&pageSize=1000"),
        ["PostSubmission.201.scored.json"] = c => c.SendAsync(Post, CreateForm()),
        ["PostSubmission.202.still-scoring.json"] = _ => SendToBusyServerAsync(),
        ["PostSubmission+ValidateSubmission.400.wrong-fields.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab", "").Field("paperUrl", "example.org").File("test9", "x")),
        ["PostSubmission+ValidateSubmission.400.unknown-field.json"] = c => c.SendAsync(Post, CreateForm().Field("visiblity", "private")),
        ["PostUpload.400.unknown-field.json"] = c => c.SendAsync("/api/uploads", Upload("test1").Field("spilt", "test1")),
        ["PatchSubmission.413.too-large.json"] = async c =>
            await c.OrganiseAsync(
                HttpMethod.Patch,
                await c.SubmitScoredAsync(),
                Json($$"""{ "description": "{{new string('d', 100_000)}}" }""")
            ),
        ["PostSubmission+ValidateSubmission.400.wrong-files.json"] = c =>
            c.SendAsync(
                Post,
                UploadForm.Tiny("Example Lab").File("test1", "image_id,label\na-0,0\na-1,Oval\na-2,1\na-3,1\na-4,2\n").File("test2", "")
            ),
        ["PostSubmission+ValidateSubmission+PostUpload.400.incomplete-form.json"] = c =>
            c.SendAsync(Post, new StringContent("--b\r\n") { Headers = { ContentType = new("multipart/form-data") } }),
        ["PostSubmission+ValidateSubmission+PostUpload.401.sign-in-required.json"] = _ => SendToClosedServerAsync(),
        ["PostSubmission+ValidateSubmission+PostUpload.403.scope-missing.json"] = c =>
            c.SendAsUserAsync("Example Lab", TokenScopes.Read, client => client.SubmitAsync(CreateForm())),
        ["PostSubmission.429.quota-used-up.json"] = _ => SendToStrictServerAsync(),
        ["PostSubmission+PostUpload.403.approval-required.json"] = _ => TakePartAsync((_, client, _) => client.SubmitAsync(CreateForm())),
        ["GetParticipation.200.requested.json"] = _ =>
            TakePartAsync(async (_, client, _) => await client.GetAsync(await AskAsync(client), Cancellation)),
        ["PostParticipation.202.requested.json"] = _ => TakePartAsync((_, client, _) => AskOnceAsync(client)),
        ["PostParticipation.400.unknown-field.json"] = _ =>
            TakePartAsync((_, client, _) => client.PostAsync(Participation, Json("""{ "mesage": "Hello" }"""), Cancellation)),
        ["GetParticipation+PostParticipation.401.not-signed-in.json"] = c => c.GetAsync(Participation),
        ["PostParticipation.403.scope-missing.json"] = c =>
            c.SendAsUserAsync("Example Lab", TokenScopes.Read, client => client.PostAsync(Participation, null, Cancellation)),
        ["GetParticipation+PostParticipation+GetParticipants+PutParticipant.404.unknown-benchmark.json"] = c =>
            c.OrganiseAsync(HttpMethod.Get, "/api/benchmarks/no-such/participants", null),
        ["PostParticipation.409.not-needed.json"] = c =>
            c.SendAsUserAsync("Example Lab", TokenScopes.All, client => client.PostAsync(Participation, null, Cancellation)),
        ["PostParticipation+PutParticipant.415.neither-json-nor-form.json"] = _ =>
            TakePartAsync((_, client, _) => client.PostAsync(Participation, new StringContent("Hello"), Cancellation)),
        ["GetParticipants.200.requests.json"] = _ =>
            TakePartAsync(
                async (_, client, organiser) =>
                {
                    await AskAsync(client);
                    return await organiser.GetAsync(Participants, Cancellation);
                }
            ),
        ["GetParticipants+PutParticipant+GetLabelErrors+GetLabelErrorsCsv+GetLabelErrorInfluence.401.organisers-only.json"] = c =>
            c.GetAsync(Participants),
        ["GetParticipants+PutParticipant+GetLabelErrors+GetLabelErrorsCsv+GetLabelErrorInfluence.403.not-an-organiser.json"] = c =>
            c.SendAsUserAsync("Example Lab", TokenScopes.All, client => client.GetAsync(Participants, Cancellation)),
        ["PutParticipant.200.approved.json"] = _ =>
            TakePartAsync(
                (id, _, organiser) => organiser.PutAsync($"{Participants}/{id}", Json("""{ "state": "approved" }"""), Cancellation)
            ),
        ["PutParticipant.400.wrong-state.json"] = _ =>
            TakePartAsync((id, _, organiser) => organiser.PutAsync($"{Participants}/{id}", Json("""{ "state": "maybe" }"""), Cancellation)),
        ["GetPredictions+DeleteSubmission+PatchSubmission+PutLabels+CloseBenchmark+PostDetails+GetDetails.401.not-signed-in.json"] =
            async c => await c._server.Client.DeleteAsync(await c.SubmitScoredAsync(), Cancellation),
        ["GetPredictions+DeleteSubmission+PatchSubmission.403.not-yours.json"] = async c =>
            await c.DeleteAsync(await c.SubmitScoredAsync()),
        ["GetPredictions.200.original-file.csv"] = async c =>
            await c.OrganiseAsync(HttpMethod.Get, await c.SubmitScoredAsync() + "/predictions/test1", null),
        ["PatchSubmission.200.changed.json"] = async c =>
            await c.OrganiseAsync(
                HttpMethod.Patch,
                await c.SubmitScoredAsync(),
                Json("""{ "visibility": "private", "codeUrl": "https://example.org/code" }""")
            ),
        ["PatchSubmission.400.wrong-fields.json"] = async c =>
            await c.OrganiseAsync(
                HttpMethod.Patch,
                await c.SubmitScoredAsync(),
                Json("""{ "visibility": "secret", "submitter": "Another" }""")
            ),
        ["PatchSubmission.415.not-json.json"] = async c =>
            await c.OrganiseAsync(HttpMethod.Patch, await c.SubmitScoredAsync(), new StringContent("visibility=private")),
        ["PutLabels.200.applied.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test3"), new StringContent("image_id,label\nc-0,0\nc-1,1\nc-2,2\n")),
        ["PutLabels.400.wrong-labels.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test3"), new StringContent("image_id,label\nc-0,0\nc-1,9\n")),
        ["PutLabels+CloseBenchmark.403.organisers-only.json"] = c =>
            c.SendAsUserAsync(
                "Example Lab",
                TokenScopes.All,
                client => client.PutAsync(Labels("test3"), new StringContent("image_id,label\nc-0,0\n"), Cancellation)
            ),
        ["PutLabels.409.labels-in-a-file.json"] = c =>
            c.OrganiseAsync(HttpMethod.Put, Labels("test1"), new StringContent("image_id,label\na-0,0\n")),
        ["PostSubmission+ValidateSubmission+PostUpload.404.unknown-benchmark.json"] = c =>
            c.SendAsync(Post, new UploadForm().Field("benchmark", "no-such")),
        ["PostSubmission+ValidateSubmission+PostUpload.409.labels-not-imported.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab").File("test3", "image_id,label\nc-0,0\n")),
        ["PostSubmission.409.already-submitted.json"] = async c => await c.SendAsync(Post, CreateForm(), await c.SubmitScoredAsync()),
        ["PostSubmission+ValidateSubmission+PostUpload.413.too-large.json"] = c =>
            c.SendAsync(Post, UploadForm.Tiny("Example Lab").File("test1", new byte[70 << 20])),
        ["PostSubmission+ValidateSubmission+PostUpload.415.not-a-form.json"] = c =>
            c.SendAsync(Post, new StringContent("{}", Encoding.UTF8, "application/json")),
        ["PostSubmission+ValidateSubmission+PostUpload+PutLabels.503.too-many-uploads.json"] = _ => SendToFullServerAsync(),
        ["ValidateSubmission.200.valid.json"] = c => c.SendAsync(Post + "/validate", CreateForm()),
        ["PostUpload.201.valid.json"] = c => c.SendAsync("/api/uploads", Upload("test1")),
        ["PostUpload.201.other-split.json"] = c => c.SendAsync("/api/uploads", Upload("test2")),
        ["PostUpload.400.no-file.json"] = c => c.SendAsync("/api/uploads", new UploadForm().Field("benchmark", TinyBenchmark.Slug)),
        ["PostUpload.400.wrong-file.json"] = c =>
            c.SendAsync(
                "/api/uploads",
                new UploadForm().Field("benchmark", TinyBenchmark.Slug).Field("split", "test1").File("file", "image_id,label\na-0,Oval\n")
            ),
        ["GetUpload.200.valid.json"] = async c => await c.GetAsync(await c.UploadedAsync()),
        ["GetUpload+DeleteUpload.404.no-such-upload.json"] = c => c.GetAsync($"/api/uploads/{Guid.Empty}"),
        ["GetSubmission.200.scored.json"] = async c => await c.GetAsync(await c.SubmitScoredAsync()),
        ["GetEvaluations.200.current-and-older-labels.json"] = _ => SendToRelabelledServerAsync(server => server.FirstEvaluationsAsync()),
        ["GetSubmissionEvents.200.scored.txt"] = async c => await c.GetAsync(await c.SubmitScoredAsync() + "/events"),
        [
            "GetSubmission+GetSubmissionEvents+GetEvaluations+GetConfusion+GetConfusionCsv+GetPredictions"
                + "+GetWells+GetWellsCsv+GetWellsSvg+GetWellsPng+GetDials+GetDialsCsv"
                + "+DeleteSubmission+PatchSubmission+PostDetails+GetDetails.404.no-such-submission.json"
        ] = c => c.GetAsync(UnknownSubmission),
        ["RunModel.202.queued.json"] = _ => RunStoredModelAsync(),
        ["RunModel.401.organisers-only.json"] = c => c.SendAsync(UnknownSubmission + "/run", new StringContent("")),
        ["RunModel.403.not-an-organiser.json"] = c =>
            c.SendAsUserAsync("Another one", TokenScopes.All, client => client.PostAsync(UnknownSubmission + "/run", null, Cancellation)),
        ["RunModel.404.no-such-submission.json"] = _ =>
            EvaluateAsync(_ => Task.FromResult(JsonNode.Parse($"{{ \"id\": \"{Guid.Empty}\" }}")!), "run"),
        ["RunModel.409.no-model.json"] = _ => EvaluateAsync(server => server.Client.SubmitScoredAsync(CreateForm()), "run"),
        ["EvaluateSubmission.200.rescored.json"] = _ => EvaluateAsync(server => server.Client.SubmitScoredAsync(CreateForm())),
        ["EvaluateSubmission.202.queued.json"] = _ => EvaluateOnBusyServerAsync(),
        ["EvaluateSubmission.401.organisers-only.json"] = c => c.SendAsync(UnknownSubmission + "/evaluate", new StringContent("")),
        ["EvaluateSubmission.403.not-an-organiser.json"] = c =>
            c.SendAsUserAsync(
                "Somebody else",
                TokenScopes.All,
                client => client.PostAsync(UnknownSubmission + "/evaluate", null, Cancellation)
            ),
        ["EvaluateSubmission.404.no-such-submission.json"] = _ =>
            EvaluateAsync(_ => Task.FromResult(JsonNode.Parse($"{{ \"id\": \"{Guid.Empty}\" }}")!)),
        ["EvaluateSubmission.409.reported-result.json"] = _ =>
            EvaluateAsync(async server =>
                (await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?kind=reported&pageSize=1"))["rows"]![0]!
            ),
        ["CloseBenchmark.200.closed.json"] = c => c.OrganiseAsync(HttpMethod.Post, "/api/benchmarks/tiny/close", null),
        ["CloseBenchmark.409.closed-already.json"] = async c =>
        {
            (await c.OrganiseAsync(HttpMethod.Post, "/api/benchmarks/tiny/close", null)).Dispose();
            return await c.OrganiseAsync(HttpMethod.Post, "/api/benchmarks/tiny/close", null, "Another organiser");
        },
        ["PostDetails.200.one-split.json"] = _ => AskForDetailsAsync((client, path) => client.PostAsync(path + "?split=test1", null)),
        ["PostDetails.400.unknown-split.json"] = _ => AskForDetailsAsync((client, path) => client.PostAsync(path + "?split=test9", null)),
        ["PostDetails+GetDetails.403.not-yours.json"] = async c =>
        {
            var path = await c.SubmitScoredAsync() + "/details";
            return await c.SendAsUserAsync("Somebody else", TokenScopes.All, client => client.PostAsync(path, null, Cancellation));
        },
        ["PostDetails+GetDetails.409.not-guarded.json"] = c =>
            c.SendAsUserAsync(
                "Example Lab",
                TokenScopes.All,
                async client =>
                {
                    var sent = await client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 0));
                    return await client.PostAsync($"/api/submissions/{sent["id"]}/details", null, Cancellation);
                }
            ),
        ["GetDetails.200.nothing-yet.json"] = _ => AskForDetailsAsync((client, path) => client.GetAsync(path)),
        ["GetConfusion.200.a-matrix.json"] = async c => await c.GetAsync(await c.SubmitScoredAsync() + "/confusion/test1"),
        ["GetConfusion.200.against-another-entry.json"] = async c => await c.GetAsync(await c.CreateDifferenceAsync("")),
        ["GetConfusion.400.from-and-against.json"] = async c => await c.GetAsync(await c.CreateDifferenceAsync("&from=test2")),
        ["GetConfusion.409.not-scored-yet.json"] = _ => ReadDifferenceOnIdleServerAsync(),
        ["GetConfusionCsv.200.a-matrix.csv"] = async c => await c.GetAsync(await c.SubmitScoredAsync() + "/confusion/test1.csv"),
        ["GetConfusion+GetConfusionCsv.404.not-predicted.json"] = async c =>
            await c.GetAsync(await c.SubmitScoredAsync() + "/confusion/test2"),
        ["GetWells.200.one-plate.json"] = _ => SendToServerWithWellsAsync("submissions/{0}/wells/test1"),
        ["GetWellsCsv.200.one-plate.csv"] = _ => SendToServerWithWellsAsync("submissions/{0}/wells/test1.csv"),
        ["GetDials.200.two-entries.json"] = _ => SendToServerWithDialsAsync("dials?with={1}"),
        ["GetDialsCsv.200.one-entry.csv"] = _ => SendToServerWithDialsAsync("dials.csv"),
        ["GetDials+GetDialsCsv.400.not-an-id.json"] = _ => SendToServerWithDialsAsync("dials?with=me"),
        ["GetDials+GetDialsCsv.409.not-run.json"] = async c => await c.GetAsync(await c.SubmitScoredAsync() + "/dials"),
        ["GetBoardWells.200.one-plate.json"] = _ => SendToServerWithWellsAsync("benchmarks/tiny/wells/test1"),
        ["GetBoardWellsCsv.200.one-plate.csv"] = _ => SendToServerWithWellsAsync("benchmarks/tiny/wells/test1.csv"),
        ["GetWells+GetWellsCsv+GetBoardWells+GetBoardWellsCsv.400.unknown-class.json"] = _ =>
            SendToServerWithWellsAsync("submissions/{0}/wells/test1?true=Oval"),
        ["GetWellsSvg+GetWellsPng+GetBoardWellsSvg+GetBoardWellsPng.400.unknown-plate.json"] = _ =>
            SendToServerWithWellsAsync("submissions/{0}/wells/test1.svg?plate=P2"),
        ["GetWells+GetWellsCsv+GetWellsSvg+GetWellsPng.404.not-predicted.json"] = _ =>
            SendToServerWithWellsAsync("submissions/{0}/wells/test2"),
        ["GetWells+GetWellsCsv+GetWellsSvg+GetWellsPng.409.no-wells.json"] = async c =>
            await c.GetAsync(await c.SubmitScoredAsync() + "/wells/test1"),
        ["GetBoardWells+GetBoardWellsCsv+GetBoardWellsSvg+GetBoardWellsPng.409.guarded.json"] = _ =>
            SendToGuardedServerAsync("/api/benchmarks/tiny/wells/test1"),
        [
            "GetWellsPng+GetBoardWells+GetBoardWellsCsv+GetBoardWellsSvg+GetBoardWellsPng+"
                + "GetImagesPng+GetSubmissionImagesPng.503.no-drawing-library.json"
        ] = _ => SendToServerWithWellsAsync("submissions/{0}/wells/test1.png", canDraw: false),
        ["CompareSubmissions.200.two-submissions.json"] = async c => await c.GetAsync(await c.CreateComparisonAsync()),
        ["CompareSubmissions.400.wrong-parameters.json"] = c => c.GetAsync("/api/compare?a=1"),
        ["CompareSubmissions.400.different-benchmarks.json"] = async c => await c.GetAsync(await c.CreateForeignComparisonAsync()),
        ["CompareSubmissions.404.no-such-submission.json"] = c =>
            c.GetAsync("/api/compare?a=00000000-0000-0000-0000-000000000000&b=00000000-0000-0000-0000-000000000001"),
        ["CompareSubmissions.409.not-scored-yet.json"] = _ => CompareOnIdleServerAsync(),
    };

    private readonly TestServer _server = new();

    public static IEnumerable<string> Names => Calls.Keys;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask StartAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public Task<HttpResponseMessage> SendAsync(string example) => Calls[example](this);

    /// <summary>The calls for lists of images as files.</summary>
    private const string ImageFiles =
        "GetImagesCsv+GetImagesSvg+GetImagesPng+GetImagesZip+"
        + "GetSubmissionImagesCsv+GetSubmissionImagesSvg+GetSubmissionImagesPng+GetSubmissionImagesZip";

    private const string Images = "/api/benchmarks/tiny/splits/test1/images";

    /// <summary>Everyone may see images and labels.</summary>
    private const string Public = "\"images\": \"public\", \"labelsPublic\": true";

    private static UploadForm CreateForm() =>
        UploadForm.Tiny("Example Lab", "ResNet-18").Field("externalData", "false").Test1(0, 1, 1, 1, 2, 0);

    /// <summary>A file of test1, sent for a split.</summary>
    private static UploadForm Upload(string split) =>
        new UploadForm()
            .Field("benchmark", TinyBenchmark.Slug)
            .Field("split", split)
            .File("file", TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0));

    /// <summary>The path of an upload.</summary>
    private async Task<string> UploadedAsync()
    {
        using var answer = await SendAsync("/api/uploads", Upload("test1").Content);
        return $"/api/uploads/{(await answer.ReadJsonAsync(HttpStatusCode.Created))["id"]}";
    }

    /// <summary>The path of the scored submission.</summary>
    private async Task<string> SubmitScoredAsync() => (string)(await _server.Client.SubmitScoredAsync(CreateForm()))["links"]!["self"]!;

    /// <summary>Submits three runs of a method and returns the address of the methods.</summary>
    private async Task<string> SubmitRunsAsync(string method = "ResNet-18")
    {
        int[][] runs =
        [
            [0, 0, 0, 1, 1, 1],
            [0, 0, 1, 1, 1, 2],
            [0, 1, 0, 1, 1, 2],
        ];
        foreach (var (i, run) in runs.Index())
        {
            int[] predicted = method == "ResNet-18" ? run : [.. run.Select((k, image) => image == 3 ? 0 : k)];
            await _server.Client.SubmitScoredAsync(
                UploadForm.Tiny("Example Lab", method).Field("run", $"{i + 1}").Field("pretraining", "none").Test2(predicted)
            );
        }

        return "/api/benchmarks/tiny/methods";
    }

    /// <summary>Submits two methods and returns the address of the first.</summary>
    private async Task<string> SubmitTwoMethodsAsync()
    {
        await SubmitRunsAsync("ResNet-34");
        var board = await _server.Client.GetJsonAsync(await SubmitRunsAsync());
        return (string)board["methods"]![0]!["links"]!["self"]!;
    }

    /// <summary>Creates two submissions, of which one has probabilities.</summary>
    private async Task<string> SubmitTwoAsync()
    {
        const string Test1 =
            "image_id,label,p0,p1,p2\na-0,0,0.8,0.1,0.1\na-1,1,0.3,0.6,0.1\na-2,1,0,0.9,0.1\na-3,1,0.1,0.7,0.2\n"
            + "a-4,2,0,0,1\na-5,2,0.2,0.2,0.6\n";
        const string Test2 =
            "image_id,label,p0,p1,p2\nb-0,0,0.6,0.2,0.2\nb-1,1,0.4,0.5,0.1\nb-2,0,0.7,0.1,0.2\nb-3,1,0,0.8,0.2\n"
            + "b-4,2,0.1,0.4,0.5\nb-5,2,0,0.1,0.9\n";
        await _server.Client.SubmitScoredAsync(UploadForm.Tiny("Example Lab", "ViT-B").File("test1", Test1).File("test2", Test2));
        await _server.Client.SubmitScoredAsync(UploadForm.Tiny("Other Lab", "ViT-S").Test1(0, 0, 1, 2, 2, 2).Test2(0, 1, 1, 1, 1, 2));
        foreach (var path in new[] { "consistency", "forecasts" })
        {
            while ((bool?)(await _server.Client.GetJsonAsync($"/api/benchmarks/tiny/{path}"))["isComputing"] == true)
            {
                await Task.Delay(100, Cancellation);
            }
        }

        return "";
    }

    /// <summary>Submits, and asks for the images of a cell of its confusion matrix when the votes are counted.</summary>
    private static async Task<HttpResponseMessage> AskForCellAsync(HttpClient client, string ending)
    {
        var scored = await client.SubmitScoredAsync(CreateForm());
        await WaitForVotesAsync(client);
        return await client.GetAsync($"/api/submissions/{scored["id"]}/images/test1{ending}?true=2&predicted=0", Cancellation);
    }

    /// <summary>Submits, and asks for the hardest images until the votes are counted.</summary>
    private static async Task<HttpResponseMessage> AskForHardestAsync(HttpClient client)
    {
        await client.SubmitScoredAsync(CreateForm());
        await WaitForVotesAsync(client);
        return await client.GetAsync($"{Images}?true=2", Cancellation);
    }

    private static async Task WaitForVotesAsync(HttpClient client)
    {
        while ((await client.GetJsonAsync(Images))["images"]![0]!["wrongShare"] is null)
        {
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>Sends a call to a server that has the images of test1.</summary>
    /// <param name="properties">The properties of the manifest about images.</param>
    /// <param name="send">Sends the call.</param>
    /// <param name="count">The number of images; six belong to the labels.</param>
    private static async Task<HttpResponseMessage> SendToImageServerAsync(
        string properties,
        Func<HttpClient, Task<HttpResponseMessage>> send,
        int count = 6
    )
    {
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", $"\"disclosure\": \"open\", {properties}");
        TinyImages.WriteTo(server, count);
        await server.StartAsync();
        return await send(server.Client);
    }

    /// <summary>Sends a call of an organiser to a server whose two entries contradict a label, when the doubts are known.</summary>
    /// <param name="path">The path below the benchmark.</param>
    /// <param name="maximumValues">The maximum number of images times classes; there are 18.</param>
    private static async Task<HttpResponseMessage> SendToDoubtedServerAsync(string path, int maximumValues = 18)
    {
        await using var server = new TestServer
        {
            Replace = services =>
                services.Replace(
                    ServiceDescriptor.Singleton(provider =>
                    {
                        var store = ActivatorUtilities.CreateInstance<LabelErrorStore>(provider);
                        store.MaximumValues = maximumValues;
                        return store;
                    })
                ),
        };
        await server.StartAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Example Lab", "ViT-B").Test2(0, 0, 1, 1, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Other Lab", "ViT-S").Test2(0, 0, 1, 1, 1, 2));
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        while ((bool?)(await organiser.GetJsonAsync("/api/benchmarks/tiny/label-errors"))["isComputing"] == true)
        {
            await Task.Delay(50, Cancellation);
        }

        return await organiser.GetAsync($"/api/benchmarks/tiny/{path}", Cancellation);
    }

    private static async Task<HttpResponseMessage> SendToGuardedServerAsync(string path)
    {
        await using var server = new TestServer();
        await GuardedManifest.WriteAsync(server);
        await server.StartAsync();
        return await server.Client.GetAsync(path, Cancellation);
    }

    /// <summary>Sends a request about a submission to a server whose labels name wells.</summary>
    private static async Task<HttpResponseMessage> SendToServerWithWellsAsync(string path, bool canDraw = true)
    {
        await using var server = new TestServer
        {
            Replace = services =>
            {
                if (!canDraw)
                {
                    services.Replace(ServiceDescriptor.Singleton<PreviewPainter>(new PainterWithoutLibrary()));
                }
            },
        };
        TinyBenchmark.WriteWells(server.Tiny);
        await server.StartAsync();
        var id = (string)(await server.Client.SubmitScoredAsync(CreateForm()))["id"]!;
        return await server.Client.GetAsync("/api/" + string.Format(CultureInfo.InvariantCulture, path, id), Cancellation);
    }

    private static async Task<HttpResponseMessage> SendToServerWithDialsAsync(string path)
    {
        await using var server = new TestServer();
        await server.StartAsync();
        var (a, b) = await EntryPair.SubmitAsync(server.Client, "Example Lab");
        await DialRows.InsertAsync(server, a, DialRows.LoseByDefocus);
        await DialRows.InsertAsync(server, b, _ => [0, 0, 1, 1, 2, 1]);
        return await server.Client.GetAsync(
            $"/api/submissions/{a}/" + string.Format(CultureInfo.InvariantCulture, path, a, b),
            Cancellation
        );
    }

    private sealed class PainterWithoutLibrary() : PreviewPainter(NullLogger<PreviewPainter>.Instance)
    {
        protected override void Load() => throw new DllNotFoundException();
    }

    /// <summary>Creates two submissions and returns the address that compares them.</summary>
    private async Task<string> CreateComparisonAsync()
    {
        var (a, b) = await EntryPair.SubmitAsync(_server.Client, "Example Lab");
        return $"/api/compare?a={a}&b={b}";
    }

    /// <summary>Creates two submissions and returns the address of the difference of their matrices.</summary>
    private async Task<string> CreateDifferenceAsync(string more)
    {
        var (a, b) = await EntryPair.SubmitAsync(_server.Client, "Example Lab");
        return $"/api/submissions/{a}/confusion/test1?against={b}{more}";
    }

    private static async Task<HttpResponseMessage> ReadDifferenceOnIdleServerAsync()
    {
        await using var server = await TestServer.StartNewAsync();
        var scored = await server.Client.SubmitScoredAsync(CreateForm());
        await server.StopAsync();
        await server.StartAsync("web");
        var waiting = await SubmissionRow.InsertAsync(server);
        return await server.Client.GetAsync($"/api/submissions/{scored["id"]}/confusion/test1?against={waiting}", Cancellation);
    }

    /// <summary>Returns the address that compares entries of two benchmarks.</summary>
    private async Task<string> CreateForeignComparisonAsync()
    {
        var ((a, _), (b, _)) = (await EntryPair.SubmitAsync(_server.Client, "Example Lab"), await EntryPair.ReportedAsync(_server.Client));
        return $"/api/compare?a={a}&b={b}";
    }

    private static async Task<HttpResponseMessage> CompareOnIdleServerAsync()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(TimeProvider.System);
        var (a, b) = (await SubmissionRow.InsertAsync(server), await SubmissionRow.InsertAsync(server));
        return await server.Client.GetAsync($"/api/compare?a={a}&b={b}", Cancellation);
    }

    /// <param name="path">The path to read.</param>
    /// <param name="_">The result of a call that must happen before.</param>
    private Task<HttpResponseMessage> GetAsync(string path, string _ = "") => _server.Client.GetAsync(path, Cancellation);

    private Task<HttpResponseMessage> SendAsync(string path, UploadForm form, string _ = "") => SendAsync(path, form.Content);

    private Task<HttpResponseMessage> SendAsync(string path, HttpContent content) => _server.Client.PostAsync(path, content, Cancellation);

    private static string Labels(string split) => $"/api/benchmarks/tiny/splits/{split}/labels";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Sends a call about a guarded benchmark, with the id and client of an account, and the client of an organiser.</summary>
    private static async Task<HttpResponseMessage> TakePartAsync(Func<Guid, HttpClient, HttpClient, Task<HttpResponseMessage>> send)
    {
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"disclosure\": \"guarded\"");
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var account = await TestAccount.RegisterAsync(server, "Example Lab");
        using var client = await account.CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        return await send(account.Id, client, organiser);
    }

    private static Task<HttpResponseMessage> AskOnceAsync(HttpClient client) =>
        client.PostAsync(Participation, Json("""{ "message": "We compare normalisations of plates." }"""), Cancellation);

    /// <summary>Asks to take part and returns the path of the request.</summary>
    private static async Task<string> AskAsync(HttpClient client)
    {
        (await AskOnceAsync(client)).EnsureSuccessStatusCode().Dispose();
        return Participation;
    }

    private Task<HttpResponseMessage> DeleteAsync(string path) =>
        SendAsUserAsync("Somebody else", TokenScopes.All, client => client.DeleteAsync(path, Cancellation));

    private async Task<HttpResponseMessage> OrganiseAsync(HttpMethod method, string path, HttpContent? content, string name = "Organiser")
    {
        using var client = await (await TestAccount.RegisterAsync(_server, name, isOrganiser: true)).CreateClientAsync();
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await client.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> SendAsUserAsync(
        string name,
        TokenScopes scopes,
        Func<HttpClient, Task<HttpResponseMessage>> send
    )
    {
        using var client = await (await TestAccount.RegisterAsync(_server, name)).CreateClientAsync(scopes);
        return await send(client);
    }

    /// <summary>Submits to a guarded benchmark and asks for the details.</summary>
    private static async Task<HttpResponseMessage> AskForDetailsAsync(Func<HttpClient, string, Task<HttpResponseMessage>> ask)
    {
        await using var server = new TestServer();
        await GuardedManifest.WriteAsync(server, "\"maximumGain\": 1");
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open"]);
        using var client = await (await TestAccount.RegisterAsync(server, "Example Lab")).CreateClientAsync();
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 2));
        return await ask(client, $"/api/submissions/{sent["id"]}/details");
    }

    private static async Task<HttpResponseMessage> SendToStrictServerAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new TestServer();
        await server.StartAsync("web", clock, "--Coos:Quota:PerDay=1");
        using var first = await server.Client.SubmitAndAdvanceAsync(CreateForm(), clock);
        return await server.Client.SubmitAsync(UploadForm.Tiny("Example Lab").Test1(2, 2, 2, 2, 2, 2));
    }

    private static async Task<HttpResponseMessage> SendToSealedServerAsync(bool isClosed)
    {
        var labels = SealedServer.CreateLabels();
        await using var own = await SealedServer.StartAsync(labels, labels, settings: "--Coos:Access:Submissions=Open");
        await own.Server.Client.SubmitScoredAsync(
            UploadForm
                .Tiny("Example Lab")
                .File("test1", SealedServer.ToCsv("test1", labels))
                .File("test2", SealedServer.ToCsv("test2", labels.Select((k, i) => i % 4 == 0 ? (byte)0 : k)))
        );
        if (isClosed)
        {
            await own.CloseAsync();
        }

        return await own.Server.Client.GetAsync("/api/benchmarks/tiny/final", Cancellation);
    }

    /// <summary>Sends a request to a server whose labels say the day of each image.</summary>
    private static async Task<HttpResponseMessage> SendToGroupServerAsync(string disclosure, string path)
    {
        const string Open = "\"disclosure\": \"open\"";
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync(Open, $"\"groups\": [\"day\"], {(disclosure.Length > 0 ? disclosure : Open)}");
        foreach (var split in (string[])["test1", "test2"])
        {
            var file = Path.Combine(server.Tiny, "labels", split + ".csv");
            var lines = await File.ReadAllLinesAsync(file, Cancellation);
            await File.WriteAllLinesAsync(
                file,
                lines.Select(
                    (line, i) =>
                        line
                        + (
                            i == 0 ? ",day"
                            : i % 2 == 0 ? ",mon"
                            : ",tue"
                        )
                ),
                Cancellation
            );
        }

        await server.StartAsync();
        if (disclosure.Length == 0)
        {
            await server.Client.SubmitScoredAsync(CreateForm());
        }

        return await server.Client.GetAsync(path, Cancellation);
    }

    private static async Task<HttpResponseMessage> SendToFullServerAsync()
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: "--Coos:Upload:MaxSpooledBytes=1024");
        return await server.Client.SubmitAsync(CreateForm().File("test2", new byte[2000]));
    }

    private static async Task<HttpResponseMessage> SendToClosedServerAsync()
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        return await server.Client.SubmitAsync(CreateForm());
    }

    /// <summary>Rescores on a development server, where every caller has organiser permissions.</summary>
    private static async Task<HttpResponseMessage> EvaluateAsync(Func<TestServer, Task<JsonNode>> what, string call = "evaluate")
    {
        await using var server = new TestServer();
        await server.StartAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        return await organiser.PostAsync($"{Post}/{(await what(server))["id"]}/{call}", null, Cancellation);
    }

    /// <summary>Runs a model again on a server without a runner, so that the run waits.</summary>
    private static async Task<HttpResponseMessage> RunStoredModelAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new TestServer();
        await server.StartAsync(clock: clock);
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        using var response = await server.Client.SubmitAndAdvanceAsync(CreateForm(), clock);
        var id = (Guid)(await response.ReadJsonAsync(System.Net.HttpStatusCode.Created))["id"]!;
        await using (var database = await server.OpenDatabaseAsync())
        {
            database.Add(
                new StoredModel
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    SubmissionId = id,
                    Hash = ContentHash.Compute("model"u8),
                    Length = 350_318,
                    Facts = "{}",
                }
            );
            await database.SaveChangesAsync(Cancellation);
        }

        return await organiser.PostAsync($"{Post}/{id}/run", null, Cancellation);
    }

    private static async Task<HttpResponseMessage> EvaluateOnBusyServerAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new TestServer();
        await server.StartAsync("web", clock);
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var submitted = await (await server.Client.SubmitAndAdvanceAsync(CreateForm(), clock)).ReadJsonAsync(
            System.Net.HttpStatusCode.Accepted
        );
        return await organiser.PostAndAdvanceAsync($"{Post}/{submitted["id"]}/evaluate", null, clock);
    }

    private static async Task<HttpResponseMessage> SendToRelabelledServerAsync(Func<TestServer, Task<string>> path)
    {
        await using var server = await TestServer.StartNewAsync();
        await server.Client.SubmitScoredAsync(CreateForm().Test2(0, 0, 0, 1, 1, 2));
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
        await using var server = await TestServer.StartWithoutEvaluatorAsync(clock);
        return await server.Client.SubmitAndAdvanceAsync(CreateForm(), clock);
    }
}

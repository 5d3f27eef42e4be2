using System.Net.Http.Headers;
using System.Text;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// Walks every route of the real server as everybody: a route without a row in docs/operations.md fails, a row without a
/// route too, and every cell is tried.
/// </summary>
public sealed class WhoMayWhatTests : IAsyncLifetime
{
    private readonly OwnServer _server = new();
    private readonly Dictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> _senders = [];
    private HttpClient _program = null!;
    private int _sent;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(
            more: ["--Coos:Access:Submissions=SignedIn", "--Coos:RateLimit:SignInsPerMinute=none", "--Coos:Quota:PerDay=none"]
        );
        var owner = await TestAccount.RegisterAsync(_server, "Owner");
        _program = await owner.ProgramAsync();
        var other = await TestAccount.RegisterAsync(_server, "Other participant");
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        _senders["anonymous"] = new TestBrowser(_server.Address).SendAsync;
        _senders["other participant"] = await SenderAsync(other);
        _senders["owner"] = await SenderAsync(owner);
        _senders["organiser"] = await SenderAsync(organiser);
        _senders["expired token"] = SenderWith(await organiser.ExpiredTokenAsync());
        _senders["revoked token"] = SenderWith(await organiser.RevokedTokenAsync());
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Every_route_answers_everybody_as_the_table_says()
    {
        var table = RouteTable.Read();
        var (routes, calls) = (Routes(), table.Select(r => r.Call).Distinct().ToList());
        Assert.True(
            routes.ToHashSet().SetEquals(calls),
            $"without a row: {string.Join(", ", routes.Except(calls))}; without a route: {string.Join(", ", calls.Except(routes))}"
        );

        var wrong = new List<string>();
        foreach (var row in table)
        {
            for (var i = 0; i < RouteTable.Roles.Count; i++)
            {
                var role = RouteTable.Roles[i];
                using var request = await RequestAsync(row);
                using var answer = await _senders[role](request);
                await answer.ReadTextAsync();
                if ((int)answer.StatusCode != row.Statuses[i])
                {
                    wrong.Add($"{row.Call} ({row.About}), {role}: {(int)answer.StatusCode} and not {row.Statuses[i]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Method and pattern of all that the server answers, static files left out.</summary>
    private List<string> Routes()
    {
        var endpoints = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        var routes =
            from endpoint in endpoints
            where
                !endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor")
                && !endpoint.RoutePattern.RawText!.StartsWith("/css/", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
        return [.. routes.Distinct()];
    }

    /// <summary>A request as the row means it; what is changed or deleted is made for it.</summary>
    private async Task<HttpRequestMessage> RequestAsync(RouteRow row)
    {
        var id = row.Pattern.Contains("{id:guid}", StringComparison.OrdinalIgnoreCase) ? await SubmissionAsync(row.About) : Guid.Empty;
        var path = row
            .Pattern.Replace("{id:guid}", id.ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{slug}", "tiny", StringComparison.OrdinalIgnoreCase)
            .Replace(
                "{split}",
                row.Pattern.EndsWith("/labels", StringComparison.Ordinal) ? "test3" : "test1",
                StringComparison.OrdinalIgnoreCase
            )
            .Replace("{**path:file}", "nothing.txt", StringComparison.Ordinal)
            .Replace("{**path}", "", StringComparison.Ordinal)
            .Replace("{*Name}", "formats", StringComparison.Ordinal)
            .Replace("{name}.svg", "curve-small-coos-sim.svg", StringComparison.Ordinal)
            .Replace("{name}.png", "inpainted-coos-sim.png", StringComparison.Ordinal)
            .Replace("{classIndex:int}", "0", StringComparison.Ordinal)
            .Replace("{part:int}", "1", StringComparison.Ordinal)
            .Replace("{channel:regex(^(protein|composite)$)}", "protein", StringComparison.Ordinal);
        if (path.EndsWith("compare", StringComparison.Ordinal) && row.About is "public" or "private" or "hidden")
        {
            path += $"?a={await SubmissionAsync("public")}&b={await SubmissionAsync(row.About)}";
        }

        return new HttpRequestMessage(new HttpMethod(row.Method), path) { Content = Body(row) };
    }

    private HttpContent? Body(RouteRow row) =>
        row.Call switch
        {
            "PUT /api/benchmarks/{slug}/splits/{split}/labels" => new StringContent(
                $"image_id,label\nc-{++_sent},0\nd,1\n",
                Encoding.UTF8,
                "text/csv"
            ),
            "POST /api/submissions" or "POST /api/submissions/validate" => Different().Content,
            "PATCH /api/submissions/{id:guid}" => new StringContent("{\"description\":\"changed\"}", Encoding.UTF8, "application/json"),
            _ when row.Method == "POST" => new FormUrlEncodedContent([new("_handler", "none")]),
            _ => null,
        };

    /// <summary>A submission of the owner, public, private or hidden.</summary>
    private async Task<Guid> SubmissionAsync(string about)
    {
        var sent = await _program.SubmitScoredAsync(Different().Field("visibility", about == "private" ? "private" : "public"));
        var id = (Guid)sent["id"]!;
        if (about == "hidden")
        {
            await using var database = await _server.OpenDatabaseAsync();
            var row = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(
                Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsTracking(database.Submissions),
                s => s.Id == id,
                TestContext.Current.CancellationToken
            );
            row.HiddenAt = DateTime.UnixEpoch;
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        return id;
    }

    /// <summary>Predictions that nobody sent yet.</summary>
    private UploadForm Different()
    {
        var number = ++_sent;
        int[] Digits(int from) => [.. Enumerable.Range(from, 6).Select(i => number / (int)Math.Pow(3, i) % 3)];
        return UploadForm.Tiny("").Test1(Digits(0)).Test2(Digits(6));
    }

    /// <summary>Sends to the API with a token, and to pages with the browser's cookie.</summary>
    private static async Task<Func<HttpRequestMessage, Task<HttpResponseMessage>>> SenderAsync(TestAccount account)
    {
        var token = await account.TokenAsync();
        return request => IsApi(request) ? account.Browser.SendAsync(With(request, token)) : account.Browser.SendAsync(request);
    }

    private Func<HttpRequestMessage, Task<HttpResponseMessage>> SenderWith(string token)
    {
        var browser = new TestBrowser(_server.Address);
        return request => browser.SendAsync(With(request, token));
    }

    private static bool IsApi(HttpRequestMessage request) =>
        request.RequestUri!.OriginalString.StartsWith("/api/", StringComparison.Ordinal);

    private static HttpRequestMessage With(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}

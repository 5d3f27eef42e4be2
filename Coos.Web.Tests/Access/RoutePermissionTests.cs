using System.Net.Http.Headers;
using System.Text;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// Requests every route of the real server in every role, and compares the status with the table in docs/operations.md. A
/// route without a row and a row without a route fail.
/// </summary>
public sealed class RoutePermissionTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly Dictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> _senders = [];
    private HttpClient _client = null!;
    private Guid _other;
    private int _sent;

    public async ValueTask InitializeAsync()
    {
        WideBenchmark.WriteTo(_server);
        TinyBenchmark.WriteWells(_server.Tiny);
        TinyImages.WriteTo(_server);
        await _server.StartAsync(
            settings:
            [
                "--Coos:Access:Submissions=SignedIn",
                "--Coos:RateLimit:SignInsPerMinute=none",
                "--Coos:RateLimit:ExpensivePerMinute=none",
                "--Coos:Quota:PerDay=none",
            ]
        );
        var owner = await TestAccount.RegisterAsync(_server, "Owner");
        _client = await owner.CreateClientAsync();
        var other = await TestAccount.RegisterAsync(_server, "Other participant");
        _other = other.Id;
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        _senders["anonymous"] = new TestBrowser(_server.Address).SendAsync;
        _senders["other participant"] = await CreateSenderAsync(other);
        _senders["owner"] = await CreateSenderAsync(owner);
        _senders["organiser"] = await CreateSenderAsync(organiser);
        _senders["expired token"] = CreateSenderWith(await organiser.CreateExpiredTokenAsync());
        _senders["revoked token"] = CreateSenderWith(await organiser.CreateRevokedTokenAsync());
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync();
    }

    /// <summary>Routing ignores case and a trailing slash, so no policy may depend on them.</summary>
    [Theory]
    [InlineData("as documented")]
    [InlineData("upper case", Traits = new[] { OneDatabaseAttribute.Name, OneDatabaseAttribute.Value })]
    [InlineData("trailing slash", Traits = new[] { OneDatabaseAttribute.Name, OneDatabaseAttribute.Value })]
    public async Task Every_route_returns_the_documented_status_to_every_role(string spelling)
    {
        var table = RouteTable.Read();
        var (routes, calls) = (FindRoutes(), table.Select(r => r.Call).Distinct().ToList());
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
                using var request = await CreateRequestAsync(row, spelling);
                using var response = await _senders[role](request);
                await response.ReadTextAsync();
                if (!IsExpected(row, (int)response.StatusCode, row.Statuses[i]))
                {
                    wrong.Add($"{row.Call} ({row.About}), {role}: {(int)response.StatusCode} instead of {row.Statuses[i]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>An evaluation that takes longer than the call waits is answered by 202, whoever asks.</summary>
    private static bool IsExpected(RouteRow row, int status, int documented) =>
        status == documented || (status == 202 && documented == 200 && row.Pattern.EndsWith("/evaluate", StringComparison.Ordinal));

    /// <summary>Method and pattern of all routes except static files.</summary>
    private List<string> FindRoutes()
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

    /// <summary>Creates the request of a row, and the submission that it changes or deletes.</summary>
    private async Task<HttpRequestMessage> CreateRequestAsync(RouteRow row, string spelling)
    {
        var id =
            !row.Pattern.Contains("{id:guid}", StringComparison.OrdinalIgnoreCase) ? Guid.Empty
            : row.Pattern.StartsWith("/api/uploads", StringComparison.Ordinal) ? await UploadAsync()
            : await CreateSubmissionAsync(row.About);
        var path = (spelling == "upper case" ? ToUpperCase(row.Pattern) : row.Pattern)
            .Replace("{id:guid}", id.ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{slug}", IsClosing(row) ? WideBenchmark.Slug : "tiny", StringComparison.OrdinalIgnoreCase)
            .Replace(
                "{split}",
                row.Pattern.EndsWith("/labels", StringComparison.Ordinal) ? "test3" : "test1",
                StringComparison.OrdinalIgnoreCase
            )
            .Replace("{account:guid}", _other.ToString(), StringComparison.Ordinal)
            .Replace("{**path:file}", "nothing.txt", StringComparison.Ordinal)
            .Replace("{**path}", "", StringComparison.Ordinal)
            .Replace("{*Name}", "formats", StringComparison.Ordinal)
            .Replace("{name}.svg", "curve-small-coos-sim.svg", StringComparison.Ordinal)
            .Replace("{name}.png", "inpainted-coos-sim.png", StringComparison.Ordinal)
            .Replace("{*image}", "a-0.png", StringComparison.OrdinalIgnoreCase)
            .Replace("{*ImageId}", "a-0", StringComparison.OrdinalIgnoreCase)
            .Replace("{classIndex:int}", "0", StringComparison.Ordinal)
            .Replace("{Index:int}", "0", StringComparison.Ordinal)
            .Replace("{part:int}", "1", StringComparison.Ordinal)
            .Replace("{channel:regex(^(protein|composite)$)}", "protein", StringComparison.Ordinal);
        path += spelling == "trailing slash" && !path.EndsWith('/') ? "/" : "";
        if (row.Pattern.EndsWith("compare", StringComparison.Ordinal) && row.About is "public" or "private" or "hidden")
        {
            path += $"?a={await CreateSubmissionAsync("public")}&b={await CreateSubmissionAsync(row.About)}";
        }

        return new HttpRequestMessage(new HttpMethod(row.Method), path) { Content = CreateBody(row) };
    }

    /// <summary>Whether the call closes a benchmark, which must then not be the one of the other calls.</summary>
    private static bool IsClosing(RouteRow row) => row.Pattern.EndsWith("/close", StringComparison.Ordinal);

    /// <summary>Writes the literal segments of a pattern in upper case.</summary>
    private static string ToUpperCase(string pattern) =>
        string.Join('/', pattern.Split('/').Select(s => s.Contains('{', StringComparison.Ordinal) ? s : s.ToUpperInvariant()));

    private HttpContent? CreateBody(RouteRow row) =>
        row.Call switch
        {
            "PUT /api/benchmarks/{slug}/splits/{split}/labels" => new StringContent(
                $"image_id,label\nc-{++_sent},0\nd,1\n",
                Encoding.UTF8,
                "text/csv"
            ),
            "POST /api/uploads" => UploadedFile(),
            "POST /api/benchmarks/{slug}/participation" => null,
            "PUT /api/benchmarks/{slug}/participants/{account:guid}" => new StringContent(
                "{\"state\":\"approved\"}",
                Encoding.UTF8,
                "application/json"
            ),
            "POST /api/submissions" or "POST /api/submissions/validate" => CreateDistinct().Content,
            "PATCH /api/submissions/{id:guid}" => new StringContent("{\"description\":\"changed\"}", Encoding.UTF8, "application/json"),
            _ when row.Method == "POST" => new FormUrlEncodedContent([new("_handler", "none")]),
            _ => null,
        };

    private static MultipartFormDataContent UploadedFile() =>
        new UploadForm().Field("benchmark", TinyBenchmark.Slug).File("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2)).Content;

    /// <summary>An upload of the owner.</summary>
    private async Task<Guid> UploadAsync()
    {
        using var answer = await _client.PostAsync("/api/uploads", UploadedFile(), TestContext.Current.CancellationToken);
        return (Guid)(await answer.ReadJsonAsync(System.Net.HttpStatusCode.Created))["id"]!;
    }

    /// <summary>Creates a public, private or hidden submission of the owner.</summary>
    private async Task<Guid> CreateSubmissionAsync(string about)
    {
        var sent = await _client.SubmitScoredAsync(CreateDistinct().Field("visibility", about == "private" ? "private" : "public"));
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

    /// <summary>Creates predictions that were not submitted before.</summary>
    private UploadForm CreateDistinct()
    {
        var number = ++_sent;
        int[] Digits(int from) => [.. Enumerable.Range(from, 6).Select(i => number / (int)Math.Pow(3, i) % 3)];
        return UploadForm.Tiny("").Test1(Digits(0)).Test2(Digits(6));
    }

    /// <summary>Creates a sender that uses a token for the API, and the browser's cookie for pages.</summary>
    private static async Task<Func<HttpRequestMessage, Task<HttpResponseMessage>>> CreateSenderAsync(TestAccount account)
    {
        var token = await account.CreateTokenAsync();
        return request => IsApi(request) ? account.Browser.SendAsync(AddToken(request, token)) : account.Browser.SendAsync(request);
    }

    private Func<HttpRequestMessage, Task<HttpResponseMessage>> CreateSenderWith(string token)
    {
        var browser = new TestBrowser(_server.Address);
        return request => browser.SendAsync(AddToken(request, token));
    }

    private static bool IsApi(HttpRequestMessage request) =>
        request.RequestUri!.OriginalString.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);

    private static HttpRequestMessage AddToken(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}

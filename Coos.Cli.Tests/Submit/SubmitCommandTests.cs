using System.Net;
using System.Text.Json;
using Coos.Cli.Tests.Support;
using Coos.Shared;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Cli.Tests.Submit;

public sealed class SubmitCommandTests : IDisposable
{
    private static readonly Guid Id = new("0193f5a0-0000-7000-8000-000000000001");

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SubmitCommandTests() => _file = _folder.Write("knn.csv", "image_id,label\n0,1\n");

    [Fact]
    public async Task A_submission_that_is_scored_immediately_prints_its_scores_and_its_page()
    {
        var server = new StubServer().Respond(HttpStatusCode.Created, Document(SubmissionStatus.Scored));

        string[] options = ["--visibility", "private", "--external-data", "false", "--paper-url", "https://example.org/p"];
        string[] protocol =
        [
            "--run",
            "7",
            "--family",
            "ResNet",
            "--pretraining",
            "none",
            "--training-images",
            "4146",
            "--ensemble",
            "false",
        ];
        string[] more = ["--test-time-adaptation", "true", "--tuned-on", "reference", "--parameters", "11000000"];
        var run = await Submit(server, ["--token", "secret", "--submitter", "Ada", .. options, .. protocol, .. more]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"test1 +192 +32\.12% +26\.34% to 38\.56% +71\.88%", run.Output);
        Assert.Contains($"95% intervals: by well (Korn and Graubard){Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"http://coos.test/base/submissions/{Id}", run.Output.TrimEnd(), StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal(
            ("POST", "http://coos.test/base/api/submissions", "Bearer secret"),
            (request.Method, request.Address, request.Authorization)
        );
        Assert.Equal("yeast5", Field(request, "benchmark"));
        Assert.Equal("kNN", Field(request, "method"));
        Assert.Equal("Ada", Field(request, "submitter"));
        Assert.Equal("private", Field(request, "visibility"));
        Assert.Equal("false", Field(request, "externalData"));
        Assert.Equal("7", Field(request, "run"));
        Assert.Equal("ResNet", Field(request, "family"));
        Assert.Equal("none", Field(request, "pretraining"));
        Assert.Equal("4146", Field(request, "trainingImages"));
        Assert.Equal("false", Field(request, "ensemble"));
        Assert.Equal("true", Field(request, "testTimeAdaptation"));
        Assert.Equal("reference", Field(request, "tunedOn"));
        Assert.Equal("11000000", Field(request, "parameters"));
        Assert.Equal("https://example.org/p", Field(request, "paperUrl"));
        Assert.Equal("image_id,label\n0,1\n", Field(request, "test1"));
        Assert.Contains("name=\"test1\"; filename=\"knn.csv\"", request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("codeUrl", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mean_of_a_guarded_benchmark_is_printed()
    {
        var guarded = new Evaluation { Mean = new MeanScore(MetricId.BalancedError, 0.202, [0.18, 0.226]), Splits = [] };
        var server = new StubServer().Respond(HttpStatusCode.Created, Document(SubmissionStatus.Scored, guarded));

        var run = await Submit(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Mean balanced error: 20.2% (95% interval 18.0\u201322.6)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Split", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_submission_is_polled_until_it_is_scored()
    {
        var server = new StubServer()
            .Respond(HttpStatusCode.Accepted, Document(SubmissionStatus.Received), location: $"/base/api/submissions/{Id}")
            .Respond(HttpStatusCode.OK, Document(SubmissionStatus.Scoring))
            .Respond(HttpStatusCode.OK, Document(SubmissionStatus.Scored));

        var run = await Submit(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("32.12%", run.Output, StringComparison.Ordinal);
        Assert.Equal(["POST", "GET", "GET"], server.Requests.Select(r => r.Method));
        Assert.All(server.Requests[1..], r => Assert.Equal($"http://coos.test/base/api/submissions/{Id}", r.Address));
    }

    [Fact]
    public async Task A_submission_that_cannot_be_scored_reports_why()
    {
        var failed = await Submit(
            new StubServer()
                .Respond(
                    HttpStatusCode.Accepted,
                    Document(SubmissionStatus.Received),
                    location: $"http://coos.test/base/api/submissions/{Id}"
                )
                .Respond(HttpStatusCode.OK, Document(SubmissionStatus.Failed))
        );

        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Equal(["coos: the server could not score the submission: the labels were removed"], failed.ErrorLines);
    }

    [Fact]
    public async Task Polling_ends_with_the_URL_of_the_submission()
    {
        var server = new StubServer().Respond(HttpStatusCode.Accepted, Document(SubmissionStatus.Received));
        for (var i = 0; i < 5; i++)
        {
            server.Respond(HttpStatusCode.OK, Document(SubmissionStatus.Scoring));
        }

        var run = await Submit(server);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([$"coos: still scoring; check again later at http://coos.test/base/api/submissions/{Id}"], run.ErrorLines);
    }

    [Fact]
    public async Task Problems_of_the_files_are_reported_with_their_local_paths()
    {
        var server = new StubServer().Respond(
            HttpStatusCode.BadRequest,
            """
            { "title": "The files have problems", "status": 400, "detail": "Nothing was stored.", "errorCount": 1234,
              "errors": [ { "file": "test1", "line": 17, "column": "label", "code": "unknown-class", "message": "\"9\" is not a class" },
                          { "file": "test1", "code": "a-future-code", "message": "new" },
                          { "file": "test2.csv", "code": "wrong-split", "message": "in the zip" },
                          { "file": "", "column": "method", "code": "bad-field", "message": "empty" } ] }
            """,
            "application/problem+json"
        );

        var run = await Submit(server);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            [
                $"{_file}:17:label: unknown-class: \"9\" is not a class",
                $"{_file}: a-future-code: new",
                $"{_file}(test2.csv): wrong-split: in the zip",
                "form:method: bad-field: empty",
                "coos: and 1,230 more problems",
                "coos: 400 The files have problems: Nothing was stored.",
            ],
            run.ErrorLines
        );
    }

    public static TheoryData<HttpStatusCode, string, int?, string> ErrorResponses =>
        new()
        {
            {
                HttpStatusCode.Conflict,
                """{ "title": "Already submitted", "detail": "See\n/submissions/1." }""",
                null,
                "coos: 409 Already submitted: See /submissions/1."
            },
            {
                HttpStatusCode.TooManyRequests,
                """{ "title": "Quota exceeded", "detail": "5 a day." }""",
                3600,
                "coos: 429 Quota exceeded: 5 a day. (try again in 3600 seconds)"
            },
            { HttpStatusCode.TooManyRequests, "", 7, "coos: 429 too many requests (try again in 7 seconds)" },
            { HttpStatusCode.InternalServerError, "", null, "coos: 500 InternalServerError" },
            { HttpStatusCode.BadGateway, "<html>not JSON</html>", null, "coos: 502 BadGateway" },
            { HttpStatusCode.NotFound, "null", null, "coos: 404 NotFound" },
            { HttpStatusCode.Unauthorized, """{ "title": "Sign in" }""", null, "coos: 401 Sign in" },
        };

    [Theory]
    [MemberData(nameof(ErrorResponses))]
    public async Task An_error_response_is_printed_in_one_line(HttpStatusCode status, string body, int? retryAfter, string expected)
    {
        var run = await Submit(new StubServer().Respond(status, body, "application/problem+json", retryAfter: retryAfter));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal([expected], run.ErrorLines);
    }

    [Fact]
    public async Task An_unreachable_server_and_one_that_is_not_COOS_are_reported_in_one_line()
    {
        var unreachable = await Submit(new StubServer().Fail(new HttpRequestException("Connection refused (coos.test:80)")));
        var slow = await Submit(new StubServer().Fail(new TaskCanceledException("", new TimeoutException())));
        var other = await Submit(new StubServer().Respond(HttpStatusCode.OK, "<html>welcome</html>", "text/html"));
        var strange = await Submit(new StubServer().Respond(HttpStatusCode.Created, "{ \"id\": 7 }"));

        Assert.All([unreachable, slow, other, strange], run => Assert.Equal(1, run.ExitCode));
        Assert.Equal(["coos: cannot reach http://coos.test/base: Connection refused (coos.test:80)"], unreachable.ErrorLines);
        Assert.Equal(["coos: http://coos.test/base did not respond within 10 minutes"], slow.ErrorLines);
        var line = Assert.Single(other.ErrorLines);
        Assert.Contains("is it a COOS server? The status of the response is 200.", line, StringComparison.Ordinal);
        Assert.Contains("is it a COOS server?", Assert.Single(strange.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_only_requests_the_checks()
    {
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, "{}")
            .Respond(HttpStatusCode.BadRequest, """{ "title": "No" }""", "application/problem+json");

        var good = await Submit(server, "--dry-run");
        var bad = await Submit(server, "--dry-run");

        Assert.Equal((0, 1), (good.ExitCode, bad.ExitCode));
        Assert.StartsWith("The server would accept these files.", good.Output, StringComparison.Ordinal);
        Assert.Equal(["coos: 400 No"], bad.ErrorLines);
        Assert.All(server.Requests, r => Assert.Equal("http://coos.test/base/api/submissions/validate", r.Address));
    }

    [Fact]
    public async Task Warnings_are_printed_with_their_local_paths()
    {
        const string Warnings = """ "warnings": [ { "file": "test1", "code": "one-class", "message": "every image is an A" } ] """;
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, "{" + Warnings + "}")
            .Respond(HttpStatusCode.Created, Document(SubmissionStatus.Scored)[..^1] + "," + Warnings + "}");

        var runs = new[] { await Submit(server, "--dry-run"), await Submit(server) };

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        Assert.All(runs, run => Assert.Equal([$"{_file}: warning: one-class: every image is an A"], run.ErrorLines));
    }

    [Fact]
    public async Task Wrong_arguments_send_nothing()
    {
        var server = new StubServer();
        string[] command = ["submit", "--benchmark", "b", "--method", "m"];

        var runs = new[]
        {
            await Support.Cli.RunAsync(server, [.. command, "--server", "coos.test", $"test1={_file}"]),
            await Support.Cli.RunAsync(server, [.. command, "--server", "http://coos.test", _file]),
            await Support.Cli.RunAsync(server, [.. command, "--server", "http://coos.test", "test1=none.csv"]),
            await Support.Cli.RunAsync(server, [.. command, "--server", "http://coos.test", $"test1={_file}", $"test1={_file}"]),
            await Support.Cli.RunAsync(server, [.. command, "--server", "http://coos.test", "--visibility", "secret", $"test1={_file}"]),
            await Support.Cli.RunAsync(server, [.. command, "--server", "http://coos.test"]),
        };

        Assert.All(runs, run => Assert.Equal((2, ""), (run.ExitCode, run.Output)));
        Assert.Contains("--server coos.test is not a valid URL", runs[0].Error, StringComparison.Ordinal);
        Assert.Contains($"write it as SPLIT=FILE, such as test1={_file}", runs[1].Error, StringComparison.Ordinal);
        Assert.Contains("none.csv does not exist", runs[2].Error, StringComparison.Ordinal);
        Assert.Contains("test1 is specified twice", runs[3].Error, StringComparison.Ordinal);
        Assert.Contains("secret", runs[4].Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> Submit(StubServer server, params string[] more) =>
        Support.Cli.RunAsync(
            server,
            ["submit", "--server", "http://coos.test/base", "--benchmark", "yeast5", "--method", "kNN", $"test1={_file}", .. more]
        );

    /// <summary>The content of a part of a multipart body.</summary>
    private static string? Field(Request request, string name)
    {
        var boundary = request.Body[..request.Body.IndexOf("\r\n", StringComparison.Ordinal)];
        return request
            .Body.Split(boundary)
            .Where(part => part.Contains($"name=\"{name}\"", StringComparison.Ordinal))
            .Select(part => part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2])
            .SingleOrDefault();
    }

    private static string Document(SubmissionStatus status, Evaluation? evaluation = null) =>
        JsonSerializer.Serialize(
            new SubmissionDocument
            {
                Id = Id,
                Benchmark = "yeast5",
                Method = "kNN",
                Submitter = "Ada",
                Kind = SubmissionKind.Submission,
                Status = status,
                Failure = status == SubmissionStatus.Failed ? "the labels were removed" : null,
                CreatedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Visibility = SubmissionVisibility.Public,
                Links = new SubmissionLinks($"/api/submissions/{Id}", $"submissions/{Id}"),
                Evaluation =
                    status != SubmissionStatus.Scored
                        ? null
                        : evaluation
                            ?? new Evaluation
                            {
                                Splits =
                                [
                                    new SplitScore
                                    {
                                        Split = "test1",
                                        Images = 192,
                                        BalancedError = 0.3212,
                                        BalancedErrorInterval = [0.2634, 0.3856],
                                        IntervalMethod = "by well (Korn and Graubard)",
                                        Accuracy = 0.71875,
                                        Classes = [],
                                    },
                                ],
                            },
            },
            CoosJson.Options
        );
}

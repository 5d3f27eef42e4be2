using System.Net;
using System.Text.Json;
using Coos.Cli.Tests.Support;
using Coos.Shared;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Cli.Tests.Submit;

public sealed class WildsTests : IDisposable
{
    private const string Benchmark = """
        { "slug": "camelyon17", "splits": [ { "name": "train", "role": "training", "images": 9 },
          { "name": "id_val", "role": "inDistribution", "images": 3 }, { "name": "test", "role": "shifted", "images": 2 } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    public WildsTests()
    {
        foreach (var seed in new[] { 10, 2 })
        {
            Write("id_val", seed, "best", "0\n1\n0\n");
            Write("test", seed, "best", "1\n0");
        }
    }

    [Fact]
    public async Task Each_seed_is_sent_as_a_run()
    {
        Write("train", 2, "best", "0\n1\n0\n");
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, Benchmark)
            .Respond(HttpStatusCode.Created, Scored)
            .Respond(HttpStatusCode.Created, Scored);

        var run = await Submit(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(
            string.Join(
                Environment.NewLine,
                "Sending 2 seeds of \"ERM\" on camelyon17 to camelyon17:",
                "  seed 2: id_val, test",
                "  seed 10: id_val, test",
                "Not sent, since they are training images: train",
                "The files have no image ids: line i is taken as the i-th image in the order of the benchmark's image ids.",
                "Seed 2:"
            ),
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["GET", "POST", "POST"], server.Requests.Select(r => r.Method));
        Assert.Equal("http://coos.test/api/benchmarks/camelyon17", server.Requests[0].Address);
        Assert.Contains("name=\"run\"\r\n\r\n2\r\n", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("name=\"run\"\r\n\r\n10\r\n", server.Requests[2].Body, StringComparison.Ordinal);
        Assert.Contains("name=\"id_val\"; filename=\"id_val.npy\"", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("'shape': (3,)", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"train\"", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_checks_every_seed()
    {
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, Benchmark)
            .Respond(HttpStatusCode.OK, "{}")
            .Respond(HttpStatusCode.OK, "{}");

        var run = await Submit(server, "--dry-run");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Checking 2 seeds", run.Output, StringComparison.Ordinal);
        Assert.All(server.Requests[1..], r => Assert.EndsWith("/api/submissions/validate", r.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seeds_that_were_sent_are_named_if_one_fails_and_are_not_sent_twice()
    {
        const string Repeated =
            """{ "title": "Predictions already submitted", "submission": { "self": "/api/submissions/7", "page": "/submissions/7" } }""";
        var failing = new StubServer()
            .Respond(HttpStatusCode.OK, Benchmark)
            .Respond(HttpStatusCode.Created, Scored)
            .Respond(HttpStatusCode.TooManyRequests, """{ "title": "Quota exceeded" }""", "application/problem+json");
        var again = new StubServer()
            .Respond(HttpStatusCode.OK, Benchmark)
            .Respond(HttpStatusCode.Conflict, Repeated, "application/problem+json")
            .Respond(HttpStatusCode.Created, Scored);

        var first = await Submit(failing);
        var second = await Submit(again);

        Assert.Equal((1, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(
            [
                "coos: 429 Quota exceeded",
                "coos: sent seeds: 2; not sent: 10. Run the command again: what the server has already is not stored twice",
            ],
            first.ErrorLines
        );
        Assert.Contains(
            "The server has these predictions already: http://coos.test/submissions/7",
            second.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Splits_can_be_named_differently()
    {
        var other = Benchmark.Replace("id_val", "val", StringComparison.Ordinal);
        var wrong = await Submit(new StubServer().Respond(HttpStatusCode.OK, other));
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, other)
            .Respond(HttpStatusCode.Created, Scored)
            .Respond(HttpStatusCode.Created, Scored);
        var right = await Submit(server, "--wilds-split", "id_val=val");

        Assert.Equal(
            [
                "coos: the folder has predictions of id_val, but camelyon17 has no split id_val; its splits are train, val, test. "
                    + "Say which one it is with --wilds-split id_val=SPLIT, or leave it out with --wilds-skip id_val",
            ],
            wrong.ErrorLines
        );
        Assert.Equal((0, ""), (right.ExitCode, right.Error));
        Assert.Contains("name=\"val\"; filename=\"val.npy\"", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_can_be_left_out()
    {
        var other = Benchmark.Replace("id_val", "validation", StringComparison.Ordinal);
        var server = new StubServer()
            .Respond(HttpStatusCode.OK, other)
            .Respond(HttpStatusCode.Created, Scored)
            .Respond(HttpStatusCode.Created, Scored);
        var run = await Submit(server, "--wilds-skip", "id_val");
        var none = await Submit(new StubServer().Respond(HttpStatusCode.OK, other), "--wilds-skip", "id_val", "--wilds-skip", "test");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("name=\"test\"; filename=\"test.npy\"", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("id_val", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("has only predictions of id_val and test, which --wilds-skip leaves out", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_sent_are_named_and_nothing_is_sent()
    {
        Write("id_val", 2, "best", "0\n1\n");
        Write("test", 10, "best", "1\n0.5\n");
        Write("id_val", 3, "best", "0\n1\n0\n");
        var server = new StubServer().Respond(HttpStatusCode.OK, Benchmark);

        var run = await Submit(server);

        Assert.Equal(1, run.ExitCode);
        Assert.Single(server.Requests);
        Assert.Equal(
            [
                $"coos: {Name("id_val", 2, "best")}: the file has 2 lines, but id_val has 3 images",
                "coos: seed 3 has no file of test, but other seeds have; the seeds of a method must have the same splits",
                $"coos: {Name("test", 10, "best")}:2: \"0.5\" is not a class; a prediction file of WILDS has one class index per line",
            ],
            run.ErrorLines
        );
    }

    [Fact]
    public async Task The_epoch_must_be_chosen_if_there_are_several()
    {
        Write("test", 2, "last", "1\n0");
        var several = await Submit(new StubServer().Respond(HttpStatusCode.OK, Benchmark));
        var none = await Submit(new StubServer().Respond(HttpStatusCode.OK, Benchmark), "--wilds-epoch", "7");
        var best = await Submit(
            new StubServer().Respond(HttpStatusCode.OK, Benchmark).Respond(HttpStatusCode.OK, "{}").Respond(HttpStatusCode.OK, "{}"),
            "--wilds-epoch",
            "best",
            "--dry-run"
        );

        Assert.Equal(["coos: seed 2 has several files of test, of the epochs best, last; choose with --wilds-epoch"], several.ErrorLines);
        Assert.Contains("has no prediction files of WILDS; their names are", Assert.Single(none.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, best.ExitCode);
    }

    [Fact]
    public async Task Files_and_a_folder_are_not_sent_together()
    {
        var server = new StubServer();
        var both = await Submit(server, $"test={Name("test", 2, "best")}");
        var run = await Submit(server, "--run", "7");
        var split = await Submit(server, "--wilds-split", "id_val");

        Assert.All([both, run, split], r => Assert.Equal((2, ""), (r.ExitCode, r.Output)));
        Assert.Contains("specify files or --wilds, not both", both.Error, StringComparison.Ordinal);
        Assert.Contains("--run cannot be combined with --wilds", run.Error, StringComparison.Ordinal);
        Assert.Contains("--wilds-split id_val must name two splits", split.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public void Dispose() => _folder.Dispose();

    private string Name(string split, int seed, string epoch) =>
        Path.Combine(_folder.Path, $"camelyon17_split:{split}_seed:{seed}_epoch:{epoch}_pred.csv");

    private void Write(string split, int seed, string epoch, string text) => File.WriteAllText(Name(split, seed, epoch), text);

    private Task<Support.Cli> Submit(StubServer server, params string[] more) =>
        Support.Cli.RunAsync(
            server,
            ["submit", "--server", "http://coos.test", "--benchmark", "camelyon17", "--method", "ERM", "--wilds", _folder.Path, .. more]
        );

    private static string Scored { get; } =
        JsonSerializer.Serialize(
            new SubmissionDocument
            {
                Id = new Guid("0193f5a0-0000-7000-8000-000000000001"),
                Benchmark = "camelyon17",
                Method = "ERM",
                Submitter = "Ada",
                Kind = SubmissionKind.Submission,
                Status = SubmissionStatus.Scored,
                CreatedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Visibility = SubmissionVisibility.Public,
                Links = new SubmissionLinks("/api/submissions/1", "submissions/1"),
                Evaluation = new Evaluation { Mean = new MeanScore(MetricId.BalancedError, 0.2, null), Splits = [] },
            },
            CoosJson.Options
        );
}

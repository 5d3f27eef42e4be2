using System.Net;
using System.Text.Json;
using Coos.Cli.Tests.Support;
using Coos.Shared;
using Coos.Shared.Submissions;

namespace Coos.Cli.Tests.Submit;

/// <summary>Tokens and addresses as people paste them; each case has the public report that it was made after.</summary>
public sealed class TokenAndServerTests : IDisposable
{
    private static readonly Guid Id = Guid.Parse("0196d5f0-0000-7000-8000-000000000001");

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public TokenAndServerTests() => _file = _folder.Write("test1.csv", "image_id,label\n0,1\n");

    [Theory]
    [InlineData("coos_1a2B\n", "https://github.com/balena-io/balena-cli/issues/1800")]
    [InlineData("coos_1a2B\r\n", "https://github.com/OpenCTI-Platform/opencti/issues/2482")]
    [InlineData("coos_1a2B\r", "https://github.com/marco79cgn/ard-plus-dl/issues/1")]
    [InlineData("\tcoos_1a2B ", "https://github.com/oxidecomputer/cli-old/issues/235")]
    [InlineData("\uFEFFcoos_1a2B\n", "https://github.com/hashicorp/terraform-cdk/issues/2451")]
    public async Task White_space_around_a_token_is_removed(string token, string source)
    {
        var server = new StubServer().Respond(HttpStatusCode.OK, "{}");

        var run = await Submit(server, "http://coos.test", "--token", token, "--dry-run");

        Assert.StartsWith("https://", source, StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("Bearer coos_1a2B", Assert.Single(server.Requests).Authorization);
    }

    [Theory]
    [InlineData("coos_1a…", "… (U+2026), which is not ASCII, as character 8", "https://github.com/cloudflare/workers-sdk/pull/14098")]
    [InlineData("coos_1ブ", "ブ (U+30D6), which is not ASCII, as character 7", "https://github.com/artokun/comfyui-mcp/issues/1702")]
    [InlineData("coos\u200B_1", "the invisible character U+200B as character 5", "https://github.com/hetznercloud/cli/issues/102")]
    [InlineData("coos\n_1", "a line end as character 5", "https://github.com/astral-sh/uv/pull/21282")]
    [InlineData("coos _1", "a space as character 5", "https://github.com/SalesforceCommerceCloud/sfcc-ci/issues/352")]
    public async Task A_character_that_no_token_has_is_named_and_the_token_is_not_shown(string token, string expected, string source)
    {
        var server = new StubServer();

        var run = await Submit(server, "http://coos.test", "--token", token);

        Assert.StartsWith("https://", source, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"coos: --token has {expected};", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal("coos: see coos submit --help", run.ErrorLines[1]);
        Assert.DoesNotContain("coos_1", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_empty_token_is_named()
    {
        var run = await Submit(new StubServer(), "http://coos.test", "--token", " \n");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("coos: --token is empty;", run.ErrorLines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://coos.test", "http://coos.test/")]
    [InlineData(" http://coos.test/\n", "http://coos.test/")]
    [InlineData("https://lab.test/coos", "https://lab.test/coos/")]
    [InlineData("https://lab.test/coos/", "https://lab.test/coos/")]
    [InlineData("https://lab.test/coos?x=1#top", "https://lab.test/coos/")]
    [InlineData("https://lab.test/coos/benchmarks/yeast5/submit", "https://lab.test/coos/")]
    [InlineData("https://lab.test/benchmarks/yeast5", "https://lab.test/")]
    [InlineData("https://lab.test/api/submissions", "https://lab.test/")]
    [InlineData("https://lab.test/api", "https://lab.test/")]
    public async Task The_path_of_a_server_is_kept_and_that_of_its_pages_is_not(string address, string expected)
    {
        var server = new StubServer().Respond(HttpStatusCode.OK, "{}");

        await Submit(server, address, "--dry-run");

        Assert.Equal(expected + "api/submissions/validate", Assert.Single(server.Requests).Address);
    }

    /// <summary>A proxy that takes the path off hides it from the server, whose links then lack it.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("/api/submissions/0196d5f0-0000-7000-8000-000000000001")]
    [InlineData("https://lab.test/api/submissions/0196d5f0-0000-7000-8000-000000000001")]
    [InlineData("https://lab.test/coos/api/submissions/0196d5f0-0000-7000-8000-000000000001")]
    public async Task A_link_without_the_servers_path_is_followed_under_it(string? location)
    {
        var server = new StubServer()
            .Respond(HttpStatusCode.Accepted, Document(SubmissionStatus.Received), location: location)
            .Respond(HttpStatusCode.OK, Document(SubmissionStatus.Scored));

        var run = await Submit(server, "https://lab.test/coos");

        Assert.Equal($"https://lab.test/coos/api/submissions/{Id}", server.Requests[1].Address);
        Assert.DoesNotContain("https://lab.test/submissions", run.Output + run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> Submit(StubServer server, string address, params string[] more) =>
        Support.Cli.RunAsync(
            server,
            ["submit", "--server", address, "--benchmark", "yeast5", "--method", "kNN", $"test1={_file}", .. more]
        );

    private static string Document(SubmissionStatus status) =>
        JsonSerializer.Serialize(
            new SubmissionDocument
            {
                Id = Id,
                Status = status,
                Benchmark = "yeast5",
                Method = "kNN",
                Submitter = "Ada",
                Kind = SubmissionKind.Submission,
                CreatedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Visibility = SubmissionVisibility.Public,
                Links = SubmissionLinks.For(Id),
            },
            CoosJson.Options
        );
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class ReadmeTests(CoosFixture server)
{
    private const string Shell = "/bin/bash";

    [Fact]
    public async Task The_quick_start_of_the_README_works()
    {
        if (!File.Exists(Shell) || !File.Exists("/usr/bin/curl"))
        {
            Assert.Skip("The commands of the README require bash and curl");
        }

        var commands = FindBlock("curl -F")
            .Replace("http://localhost:5000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        var response = JsonNode.Parse(await RunAsync(commands))!;

        Assert.Equal("scored", (string?)response["status"]);
        Assert.Equal(["test1", "test2", "test3", "test4"], response["evaluation"]!["splits"]!.AsArray().Select(s => (string?)s!["split"]));
        // Random classes: 6 of 7 are wrong. Private, so that no first upload leads the board.
        Assert.All(response["evaluation"]!["splits"]!.AsArray(), s => Assert.InRange((double)s!["balancedError"]!, 0.8, 0.92));
        Assert.Equal("private", (string?)response["visibility"]);
        Assert.Empty(response["warnings"]!.AsArray());
    }

    /// <summary>Finds the block of shell commands in README.md that contains a text.</summary>
    private static string FindBlock(string text) =>
        File.ReadAllText(Path.Combine(Checkout.Folder, "README.md"))
            .Split("```sh\n")
            .Skip(1)
            .Select(block => block.Split("```")[0])
            .Single(block => block.Contains(text, StringComparison.Ordinal));

    private static async Task<string> RunAsync(string commands)
    {
        var start = new ProcessStartInfo(Shell, ["-e", "-c", commands])
        {
            WorkingDirectory = Checkout.Folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

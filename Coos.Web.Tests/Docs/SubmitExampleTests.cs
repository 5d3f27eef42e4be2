using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Docs;

/// <summary>Runs the examples of the submit page as they stand there, with a token and without an account.</summary>
public sealed class SubmitExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-examples-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Cases => new MatrixTheoryData<string, bool>(["curl", "Python", "R"], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_examples_of_the_submit_page_submit(string language, bool isSignedIn)
    {
        var (program, check, arguments) = FindProgram(language);
        await ExampleProgram.SkipUnlessAsync(program, check, language);
        await using var server = isSignedIn ? await TestServer.StartSignedInAsync() : await TestServer.StartNewAsync();
        var token = isSignedIn ? await (await TestAccount.RegisterAsync(server, "Ada")).CreateTokenAsync() : "";
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "test1.csv"),
            TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2),
            Cancellation
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "test2.csv"),
            TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 1, 2),
            Cancellation
        );

        var example = await ReadAsync(server, language);
        var output = await ExampleProgram.RunAsync(_folder, program, [.. arguments, example], token);

        Assert.Contains("scored", output, StringComparison.Ordinal);
        Assert.Contains("private", output, StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(isSignedIn ? "Ada" : "My lab", Assert.Single(database.Submissions.ToList(), s => s.Method == "My method").Submitter);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string Program, string[] Check, string[] Arguments) FindProgram(string language) =>
        language switch
        {
            "curl" => ("/bin/bash", ["-c", "curl --version"], ["-e", "-c"]),
            "Python" => (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-c", "import requests"], ["-c"]),
            _ => ("Rscript", ["-e", "library(httr2)"], ["-e"]),
        };

    private static async Task<string> ReadAsync(TestServer server, string language)
    {
        var page = await server.Client.GetStringAsync("/benchmarks/tiny/submit", Cancellation);
        return WebUtility.HtmlDecode(page.Split($"<h3>{language}</h3>")[1].Split("<code>")[1].Split("</code>")[0]);
    }
}

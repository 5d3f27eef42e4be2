namespace Coos.Cli.Tests.Support;

/// <summary>Runs the command line and captures its output.</summary>
internal sealed record Cli(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<Cli> RunAsync(params string[] args) => RunAsync(new StubServer(), args);

    public static async Task<Cli> RunAsync(StubServer server, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error, new CliEnvironment(server, TimeSpan.Zero, PollLimit: 5));
        return new Cli(code, output.ToString(), error.ToString());
    }
}

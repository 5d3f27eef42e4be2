using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests;

/// <summary>Whatever happens, the command line prints lines for people, never a stack trace.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("data", "info", "")]
    [InlineData("data", "info", "/dev/null/x")]
    [InlineData("data", "unpack", "", "--out", "")]
    [InlineData("data", "labels", "", "--out", "")]
    [InlineData("data", "simulate", "--out", "")]
    [InlineData("data", "simulate", "--out", "never", "--scale", "NaN")]
    [InlineData("data", "simulate", "--out", "never", "--seed", "-1")]
    [InlineData("score", "")]
    [InlineData("score", "--benchmark", "", "--split", "", "")]
    [InlineData("submit", "--server", "", "--benchmark", "", "--method", "", "test1=")]
    [InlineData("submit", "--server", "http://", "--benchmark", "b", "--method", "m", "test1=x")]
    [InlineData("submit", "--server", "http://[::1", "--benchmark", "b", "--method", "m", "=")]
    [InlineData("baseline", "run", "texture", "--data", "", "--out", "")]
    [InlineData("baseline", "predict", "--model", "", "--data", "", "--out", "")]
    [InlineData("baseline", "bundle", "--benchmark", "", "--data", "")]
    [InlineData("admin", "backup", "", "--server-program", "")]
    [InlineData("no-such-command")]
    [InlineData("")]
    [InlineData("@no-such-response-file")]
    public async Task Odd_arguments_give_lines_without_a_stack_trace(params string[] args)
    {
        var run = await Support.Cli.RunAsync(args);

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotEmpty(run.ErrorLines);
        Assert.All(run.ErrorLines, line => Assert.DoesNotMatch(@"^\s+at |^Unhandled|Exception:", line));
        Assert.DoesNotContain("a fault of coos", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_one_line()
    {
        var file = _folder.Write("test1.csv", "image_id,label\n0,1\n");
        var server = new StubServer().Fail(new NotSupportedException("first line\nsecond line"));

        var run = await Support.Cli.RunAsync(
            server,
            ["submit", "--server", "http://coos.test", "--benchmark", "b", "--method", "m", $"test1={file}"]
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["coos: first line second line (a fault of coos, NotSupportedException; please report it with the command)"],
            run.ErrorLines
        );
    }

    /// <summary>With several splits, --labels is refused, so the advice does not name it.</summary>
    [Fact]
    public async Task Advice_about_missing_labels_fits_the_command_that_was_called()
    {
        _folder.Write(
            Path.Combine("b", "benchmark.json"),
            """
            { "slug": "b", "name": "B", "summary": "Two.", "classes": [{ "index": 0, "name": "A" }, { "index": 1, "name": "B" }],
              "splits": [{ "name": "test1", "role": "inDistribution" }, { "name": "test2", "role": "shifted", "shift": "day" }] }
            """
        );
        var benchmark = Path.Combine(_folder.Path, "b");
        var file = _folder.Write("test1.csv", "image_id,label\n0,1\n");

        var one = await Support.Cli.RunAsync("score", "--benchmark", benchmark, "--split", "test1", file);
        var two = await Support.Cli.RunAsync("score", "--benchmark", benchmark, $"test1={file}", $"test2={file}");

        Assert.EndsWith("; specify the file with --labels", Assert.Single(one.ErrorLines), StringComparison.Ordinal);
        Assert.EndsWith("; put the file there, or score one split with --labels", Assert.Single(two.ErrorLines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

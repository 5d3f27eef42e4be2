using Coos.Models.Sandboxing;

namespace Coos.Models.Tests.Sandboxing;

/// <summary>A runner that was taken over by a model tries to get out.</summary>
public sealed class EscapeTests
{
    private static readonly string[] Tries =
    [
        "network socket",
        "local socket",
        "trace",
        "fork",
        "signal",
        "namespace",
        "mount",
        "execute",
        "memory file",
        "read /etc/passwd",
        "read /etc/hostname",
        "read /root",
        "read /home",
        "write /x",
        "write /tmp/x",
        "write /runner/x",
        "write /proc/self/oom_score_adj",
    ];

    [Fact]
    public async Task All_tries_are_refused()
    {
        var results = await ProbeAsync();

        foreach (var name in Tries)
        {
            Assert.Equal("refused", results[name]);
        }
    }

    [Fact]
    public async Task It_sees_the_runtime_and_nothing_else()
    {
        var results = await ProbeAsync();

        Assert.Subset(
            new HashSet<string> { "/dotnet", "/lib", "/lib64", "/proc", "/runner", "/usr" },
            results["root"].Split(' ').ToHashSet()
        );

        // bubblewrap's own first process and this one.
        Assert.InRange(int.Parse(results["processes"], System.Globalization.CultureInfo.InvariantCulture), 1, 2);
        Assert.DoesNotContain("HOME", results["variables"].Split(' '));
        Assert.DoesNotContain(results["variables"].Split(' '), v => v.StartsWith("COOS", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("SECRET", results["read /proc/1/environ"], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> ProbeAsync()
    {
        _ = TinyModels.Sandbox;
        Environment.SetEnvironmentVariable("COOS_SECRET", "SECRET");
        var program = RunnerProgram.Find() with { Folder = Path.Combine(AppContext.BaseDirectory, "probe") };
        var command = SandboxCommand.Create(
            SandboxKind.Bubblewrap,
            program,
            "Coos.Models.Tests.Probe.dll",
            Sandbox.FindBubblewrap(),
            TinyModels.Limits
        );
        using var process = SandboxProcess.Start(command, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(process.Output);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var (code, errors) = await process.WaitAsync();
        Assert.True(code == 0, errors);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(l => l.Split(": ", 2))
            .ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "");
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Coos.Models.Sandboxing;

/// <summary>The command line that starts a program in the sandbox.</summary>
internal static class SandboxCommand
{
    private const string InnerDotnet = "/dotnet";
    private const string InnerFolder = "/runner";

    /// <summary>What the .NET runtime is told. Diagnostics would open a socket; protected code pages would need files in memory.</summary>
    private static readonly (string Name, string Value)[] Environment =
    [
        ("DOTNET_EnableDiagnostics", "0"),
        ("DOTNET_EnableWriteXorExecute", "0"),
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_gcConcurrent", "0"),
        ("DOTNET_gcServer", "0"),
        ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
        // The official builds of ONNX Runtime report their use to Microsoft unless they are told not to.
        ("ORT_DISABLE_TELEMETRY", "1"),
        ("MALLOC_ARENA_MAX", "2"),
        ("LANG", "C"),
    ];

    /// <summary>The folders of the system's libraries. Some are links to others.</summary>
    private static readonly string[] Libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

    /// <summary>Makes the command that starts a program.</summary>
    /// <param name="kind">What is around it.</param>
    /// <param name="program">The folder of the program.</param>
    /// <param name="fileName">The name of the program in its folder.</param>
    /// <param name="bubblewrap">The path of bubblewrap; it is not used without it.</param>
    /// <param name="limits">What the run may use.</param>
    public static ProcessStartInfo Create(SandboxKind kind, RunnerProgram program, string fileName, string bubblewrap, SandboxLimits limits)
    {
        var isWrapped = kind == SandboxKind.Bubblewrap;
        var start = new ProcessStartInfo(isWrapped ? bubblewrap : Path.Combine(program.DotnetRoot, "dotnet"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        if (isWrapped)
        {
            AddWrapping(start, program);
            start.ArgumentList.Add($"{InnerDotnet}/dotnet");
        }

        start.ArgumentList.Add(Path.Combine(isWrapped ? InnerFolder : program.Folder, fileName));
        start.ArgumentList.Add(limits.MemoryBytes.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(limits.ProcessorSeconds.ToString(CultureInfo.InvariantCulture));
        return start;
    }

    private static void AddWrapping(ProcessStartInfo start, RunnerProgram program)
    {
        string[] namespaces =
        [
            "--unshare-user",
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--disable-userns",
        ];
        string[] identity = ["--uid", "65534", "--gid", "65534", "--hostname", "model", "--cap-drop", "ALL"];
        Add([.. namespaces, .. identity, "--die-with-parent", "--new-session"]);
        Add(["--ro-bind", Path.Combine(program.DotnetRoot, "dotnet"), $"{InnerDotnet}/dotnet"]);
        foreach (var folder in (string[])["host", "shared/Microsoft.NETCore.App"])
        {
            Add(["--ro-bind", Path.Combine(program.DotnetRoot, folder), $"{InnerDotnet}/{folder}"]);
        }

        Add(["--ro-bind", program.Folder, InnerFolder]);
        foreach (var library in Libraries.Where(Directory.Exists))
        {
            Add(new DirectoryInfo(library).LinkTarget is { } target ? ["--symlink", target, library] : ["--ro-bind", library, library]);
        }

        Add(["--proc", "/proc", "--chdir", "/", "--remount-ro", "/", "--"]);

        void Add(IEnumerable<string> arguments)
        {
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }
        }
    }
}

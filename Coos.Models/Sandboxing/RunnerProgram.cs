using System.Diagnostics.CodeAnalysis;

namespace Coos.Models.Sandboxing;

/// <summary>Where the program that runs models is, and the .NET runtime that it needs.</summary>
/// <param name="Folder">The folder with the program and nothing else.</param>
/// <param name="DotnetRoot">The folder of the .NET runtime.</param>
internal sealed record RunnerProgram(string Folder, string DotnetRoot)
{
    /// <summary>The name of the program in its folder.</summary>
    public const string FileName = "Coos.Runner.dll";

    /// <summary>Finds the program beside the running one.</summary>
    /// <exception cref="SandboxException">It, or the .NET runtime, is not there.</exception>
    public static RunnerProgram Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "runner");
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            throw new SandboxException($"{folder} does not have {FileName}; publish or build the program again.");
        }

        return new RunnerProgram(folder, FindDotnet());
    }

    /// <summary>The folder above <c>shared/Microsoft.NETCore.App/VERSION</c>, from which this process runs.</summary>
    [SuppressMessage("SingleFile", "IL3000", Justification = "A program in a single file has no runtime to share; that is said.")]
    private static string FindDotnet()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var root = string.IsNullOrEmpty(runtime) ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        return root is not null && File.Exists(Path.Combine(root, "dotnet"))
            ? root
            : throw new SandboxException(
                "The .NET runtime is not installed as a shared one, so models cannot be run; install the .NET runtime."
            );
    }
}

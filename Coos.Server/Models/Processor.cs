using System.Runtime.InteropServices;

namespace Coos.Server.Models;

/// <summary>The processor of this machine.</summary>
internal static class Processor
{
    private const string File = "/proc/cpuinfo";
    private const string Field = "model name";

    /// <summary>Its name; the architecture where the system does not tell.</summary>
    public static string Name { get; } = Read();

    private static string Read()
    {
        try
        {
            var line = System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
            return line?.Split(':', 2) is [_, var name] ? name.Trim() : RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (IOException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}

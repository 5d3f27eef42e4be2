using Coos.Models.Tests.Probe;
using Coos.Runner.Lockdown;

// Usage: Coos.Models.Tests.Probe MEMORY_BYTES SECONDS. Writes a line for each try: its name, and "refused" or what it got.
using var lines = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
lines.WriteLine("begin");
ProcessLockdown.Apply(Limits.Read(args)!);

Try("network socket", Native.OpenSocket(2, 1, 0));
Try("local socket", Native.OpenSocket(1, 1, 0));
Try("trace", Native.Trace(0, 0, 0, 0));
Try("fork", Native.Fork());
Try("signal", Native.SendSignal(1, 0));
Try("namespace", Native.MakeNamespace(0x10000000));
Try("mount", Native.Mount("none", "/", "tmpfs", 0, 0));
Try("execute", Native.Execute("/dotnet/dotnet", 0, 0));
Try("memory file", Native.CreateMemoryFile("x", 0));
Read("/etc/passwd");
Read("/etc/hostname");
Read("/proc/1/environ");
Read("/root");
Read("/home");
Write("/x");
Write("/tmp/x");
Write("/runner/x");
Write("/proc/self/oom_score_adj");
lines.WriteLine($"root: {string.Join(' ', Directory.EnumerateFileSystemEntries("/").Order(StringComparer.Ordinal))}");
lines.WriteLine($"processes: {Directory.EnumerateDirectories("/proc").Count(d => int.TryParse(Path.GetFileName(d), out _))}");
lines.WriteLine($"variables: {string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal))}");
return 0;

void Try(string name, long result) => Report(name, result < 0 ? "refused" : $"got {result}");

void Report(string name, string result) => lines.WriteLine($"{name}: {result}");

void Read(string path) =>
    Access($"read {path}", () => File.Exists(path) ? File.ReadAllText(path) : string.Join(' ', Directory.GetFileSystemEntries(path)));

void Write(string path) =>
    Access(
        $"write {path}",
        () =>
        {
            File.WriteAllText(path, "1");
            return "written";
        }
    );

void Access(string name, Func<string> action)
{
    try
    {
        Report(name, $"got {action()}");
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Report(name, "refused");
    }
}

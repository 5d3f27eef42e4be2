using Coos.Runner;
using Coos.Runner.Lockdown;
using Microsoft.ML.OnnxRuntime;
using Microsoft.Win32.SafeHandles;

// Usage: Coos.Runner MEMORY_BYTES SECONDS. Requests come from standard input; answers go to standard output, and nothing else does.
if (Limits.Read(args) is not { } limits)
{
    await Console.Error.WriteLineAsync("usage: Coos.Runner MEMORY_BYTES SECONDS");
    return 2;
}

// Not the streams of Console, which would set up a terminal.
using var standardInput = new SafeFileHandle(0, ownsHandle: false);
using var standardOutput = new SafeFileHandle(1, ownsHandle: false);
using var input = new FileStream(standardInput, FileAccess.Read, bufferSize: 0);
using var output = new FileStream(standardOutput, FileAccess.Write, bufferSize: 0);
using var memory = new RunMemory();

// The native library is loaded before the filter is in force.
_ = OrtEnv.Instance();
ProcessLockdown.Apply(limits);

// The runtime creates threads minutes later, for compiling; if the filter forbade it, the run would end there and not here.
var thread = new Thread(() => { });
thread.Start();
thread.Join();
new RequestLoop(input, output, memory).Run();
return 0;

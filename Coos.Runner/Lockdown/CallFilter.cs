using System.Runtime.InteropServices;

namespace Coos.Runner.Lockdown;

/// <summary>
/// Writes the filter of system calls, a program of the classic Berkeley Packet Filter that the kernel runs at each call (seccomp(2)).
/// What is not allowed fails with "operation not permitted".
/// </summary>
internal static class CallFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAnySet = 0x45;
    private const ushort Return = 0x06;

    private const uint KillProcess = 0x80000000;
    private const uint Allow = 0x7FFF0000;
    private const uint Refuse = 0x00050000 | NotPermitted;
    private const uint DoesNotExist = 0x00050000 | NoSuchCall;
    private const uint NotPermitted = 1;
    private const uint NoSuchCall = 38;

    // Offsets in struct seccomp_data: the number, the architecture, the instruction's address, then arguments of 64 bits.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    /// <summary>O_WRONLY, O_RDWR, O_CREAT and O_TRUNC, which have these values on both processors.</summary>
    private const uint WritingFlags = 0x1 | 0x2 | 0x40 | 0x200;

    /// <summary>CLONE_THREAD.</summary>
    private const uint ThreadFlag = 0x10000;

    /// <summary>Writes the filter for a processor.</summary>
    public static Instruction[] Write(SystemCalls calls)
    {
        var program = new List<Instruction>
        {
            new(LoadWord, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 1, 0, calls.Architecture),
            new(Return, 0, 0, KillProcess),
            new(LoadWord, 0, 0, NumberOffset),
        };
        foreach (var call in calls.Allowed)
        {
            program.Add(new Instruction(JumpIfEqual, 0, 1, (uint)call));
            program.Add(new Instruction(Return, 0, 0, Allow));
        }

        program.Add(new Instruction(JumpIfEqual, 0, 1, (uint)calls.Clone3));
        program.Add(new Instruction(Return, 0, 0, DoesNotExist));
        AllowIf(program, calls.OpenAt, argument: 2, WritingFlags, isSet: false);
        AllowIf(program, calls.Clone, argument: 0, ThreadFlag, isSet: true);
        AllowLimitReads(program, calls.LimitProcess);
        program.Add(new Instruction(Return, 0, 0, Refuse));
        return [.. program];
    }

    /// <summary>Allows a call if any, or none, of some bits of an argument are set.</summary>
    private static void AllowIf(List<Instruction> program, int call, int argument, uint bits, bool isSet)
    {
        program.Add(new Instruction(JumpIfEqual, 0, 4, (uint)call));
        program.Add(new Instruction(LoadWord, 0, 0, ArgumentsOffset + (8 * (uint)argument)));
        program.Add(new Instruction(JumpIfAnySet, isSet ? (byte)0 : (byte)1, isSet ? (byte)1 : (byte)0, bits));
        program.Add(new Instruction(Return, 0, 0, Allow));
        program.Add(new Instruction(Return, 0, 0, Refuse));
    }

    /// <summary>Allows to read limits: the third argument, where new limits would be, is null.</summary>
    private static void AllowLimitReads(List<Instruction> program, int call)
    {
        program.Add(new Instruction(JumpIfEqual, 0, 6, (uint)call));
        program.Add(new Instruction(LoadWord, 0, 0, ArgumentsOffset + 16));
        program.Add(new Instruction(JumpIfEqual, 0, 3, 0));
        program.Add(new Instruction(LoadWord, 0, 0, ArgumentsOffset + 20));
        program.Add(new Instruction(JumpIfEqual, 0, 1, 0));
        program.Add(new Instruction(Return, 0, 0, Allow));
        program.Add(new Instruction(Return, 0, 0, Refuse));
    }

    /// <summary>An instruction: <c>struct sock_filter</c>.</summary>
    /// <param name="Code">What it does.</param>
    /// <param name="IfTrue">How many instructions a jump skips if its condition holds.</param>
    /// <param name="IfFalse">How many it skips otherwise.</param>
    /// <param name="Operand">The operand.</param>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);
}

namespace Coos.Models.Sandboxing;

/// <summary>What is around the process that runs a model.</summary>
public enum SandboxKind
{
    /// <summary>Only the limits and the filter that the process puts on itself; it sees the files of the server.</summary>
    None = 0,

    /// <summary>Namespaces of its own, made by bubblewrap: no network, no files but the runtime, its own users and processes.</summary>
    Bubblewrap = 1,
}

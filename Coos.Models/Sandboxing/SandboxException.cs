namespace Coos.Models.Sandboxing;

/// <summary>The sandbox does not work on this machine. It says nothing about the model.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SandboxException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do, for the one who runs the server.</param>
    public SandboxException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do, for the one who runs the server.</param>
    /// <param name="innerException">The cause.</param>
    public SandboxException(string message, Exception innerException)
        : base(message, innerException) { }
}

namespace Coos.Baselines;

/// <summary>A baseline cannot be trained, read or run. The message is one line with what is expected.</summary>
public sealed class BaselineException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public BaselineException() { }

    /// <summary>Creates an exception with a message.</summary>
    public BaselineException(string message)
        : base(message.ReplaceLineEndings(" ")) { }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public BaselineException(string message, Exception innerException)
        : base(message.ReplaceLineEndings(" "), innerException) { }
}

namespace Coos.Baselines;

/// <summary>A baseline cannot be trained, read or run as asked. The message is one line that says what would be right.</summary>
public sealed class BaselineException : Exception
{
    /// <summary>An exception without particulars.</summary>
    public BaselineException()
    {
    }

    /// <summary>An exception with its message.</summary>
    public BaselineException(string message)
        : base(message.ReplaceLineEndings(" "))
    {
    }

    /// <summary>An exception with its message and its cause.</summary>
    public BaselineException(string message, Exception innerException)
        : base(message.ReplaceLineEndings(" "), innerException)
    {
    }
}

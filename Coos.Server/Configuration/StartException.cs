namespace Coos.Server.Configuration;

/// <summary>The server cannot start as it is set up; the message says what to change, a line each.</summary>
public sealed class StartException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public StartException() { }

    /// <inheritdoc cref="Exception()"/>
    public StartException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception()"/>
    public StartException(string message, Exception innerException)
        : base(message, innerException) { }
}

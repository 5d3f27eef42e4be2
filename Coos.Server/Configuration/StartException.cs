namespace Coos.Server.Configuration;

/// <summary>The server cannot start because of its configuration. The message has one line per problem.</summary>
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

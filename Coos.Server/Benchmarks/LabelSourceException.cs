namespace Coos.Server.Benchmarks;

/// <summary>A label file is wrong; the message says file, place and reason.</summary>
public sealed class LabelSourceException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public LabelSourceException() { }

    /// <inheritdoc cref="Exception()"/>
    public LabelSourceException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception()"/>
    public LabelSourceException(string message, Exception innerException)
        : base(message, innerException) { }
}

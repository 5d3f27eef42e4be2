namespace Coos.Server.Benchmarks;

/// <summary>A label file is invalid. The message names the file, the position and the reason.</summary>
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

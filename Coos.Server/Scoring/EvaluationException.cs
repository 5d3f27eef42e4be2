namespace Coos.Server.Scoring;

/// <summary>A submission cannot be scored, now or later; the message is for its submitter.</summary>
public sealed class EvaluationException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public EvaluationException() { }

    /// <inheritdoc cref="Exception()"/>
    public EvaluationException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception()"/>
    public EvaluationException(string message, Exception innerException)
        : base(message, innerException) { }
}

namespace Coos.Server.Webhooks;

/// <summary>Why a message was not sent, in words for its owner.</summary>
public sealed class WebhookException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public WebhookException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception()"/>
    public WebhookException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <inheritdoc cref="Exception()"/>
    public WebhookException() { }
}

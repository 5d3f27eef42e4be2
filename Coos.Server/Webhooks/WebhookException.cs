namespace Coos.Server.Webhooks;

/// <summary>A message could not be sent; the text is for the webhook's owner.</summary>
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

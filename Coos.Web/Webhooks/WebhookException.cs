namespace Coos.Web.Webhooks;

/// <summary>Why a message was not sent, in words for its owner.</summary>
internal sealed class WebhookException : Exception
{
    public WebhookException(string message)
        : base(message)
    {
    }

    public WebhookException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public WebhookException()
    {
    }
}

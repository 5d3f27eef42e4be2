namespace Coos.Web.Configuration;

/// <summary>The server cannot start as it is set up; the message says what to change, a line each.</summary>
internal sealed class StartException : Exception
{
    public StartException()
    {
    }

    public StartException(string message)
        : base(message)
    {
    }

    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

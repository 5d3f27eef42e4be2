namespace Coos.Web.Benchmarks;

/// <summary>A label file is wrong; the message says file, place and reason.</summary>
internal sealed class LabelSourceException : Exception
{
    public LabelSourceException()
    {
    }

    public LabelSourceException(string message)
        : base(message)
    {
    }

    public LabelSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace Coos.Web.Evaluations;

/// <summary>A submission cannot be scored, now or later; the message is for its submitter.</summary>
internal sealed class EvaluationException : Exception
{
    public EvaluationException()
    {
    }

    public EvaluationException(string message)
        : base(message)
    {
    }

    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

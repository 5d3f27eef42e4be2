namespace Coos.Models.Protocol;

/// <summary>A model cannot be run.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception for a runtime that ended.</summary>
    public ModelException()
        : this("the runtime ended while it ran the model") { }

    /// <summary>Creates the exception for a runtime that ended.</summary>
    /// <param name="message">What was found.</param>
    public ModelException(string message)
        : this(ModelProblemCodes.Crashed, message) { }

    /// <summary>Creates the exception for a runtime that ended.</summary>
    /// <param name="message">What was found.</param>
    /// <param name="innerException">The cause.</param>
    public ModelException(string message, Exception innerException)
        : base(message, innerException) => Problem = new ModelProblem(ModelProblemCodes.Crashed, message);

    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="ModelProblemCodes"/>.</param>
    /// <param name="detail">What was found and what is allowed.</param>
    /// <param name="innerException">The cause, which is for the server's log only.</param>
    public ModelException(string code, string detail, Exception? innerException = null)
        : base(detail, innerException) => Problem = new ModelProblem(code, detail);

    /// <summary>Why.</summary>
    public ModelProblem Problem { get; }
}

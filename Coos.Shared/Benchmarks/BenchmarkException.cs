namespace Coos.Shared.Benchmarks;

/// <summary>A benchmark folder is invalid. The message has one line per problem: file, location, reason.</summary>
public sealed class BenchmarkException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public BenchmarkException() { }

    /// <summary>Creates an exception with a message.</summary>
    public BenchmarkException(string message)
        : base(message) { }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public BenchmarkException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates an exception with one line per problem.</summary>
    public BenchmarkException(IEnumerable<string> problems)
        : this(string.Join('\n', problems)) { }
}

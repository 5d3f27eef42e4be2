namespace Coos.Shared.Benchmarks;

/// <summary>A benchmark folder is wrong. The message has a line for each problem: file, place in it, reason.</summary>
public sealed class BenchmarkException : Exception
{
    /// <summary>An exception without reason.</summary>
    public BenchmarkException()
    {
    }

    /// <summary>An exception with its reasons.</summary>
    public BenchmarkException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its reasons and cause.</summary>
    public BenchmarkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception for some problems.</summary>
    public BenchmarkException(IEnumerable<string> problems)
        : this(string.Join('\n', problems))
    {
    }
}

using System.Globalization;

namespace Coos.Shared.Packing;

/// <summary>
/// Limits the work of unpacking all files of an upload together. Each layer counts: a gzip file in a zip, the members of a gzip
/// file, and their headers. A small upload could otherwise keep a processor busy for minutes.
/// </summary>
/// <param name="limit">The number of bytes that all layers together may have.</param>
/// <param name="cancellation">Ends the work, for example when the client disconnects.</param>
public sealed class UnpackBudget(long limit, CancellationToken cancellation = default)
{
    private readonly long _limit = limit;

    /// <summary>What the start of a gzip member costs in addition to its bytes. Its inflater and checksum take that long.</summary>
    public const int MemberCost = 1 << 14;

    /// <summary>What a byte of a gzip header costs. Headers are read byte by byte, and no file needs long ones.</summary>
    public const int HeaderByteCost = 16;

    private long _left = limit;

    /// <summary>Takes bytes out of the budget.</summary>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void Spend(long bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        _left -= bytes;
        if (_left < 0)
        {
            throw new UnpackLimitException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"unpacking the files takes more than the {_limit:N0} bytes allowed for all files together; the rest was not read"
                )
            );
        }
    }
}

/// <summary>An upload unpacks to more than is allowed. The message says how much that is.</summary>
public sealed class UnpackLimitException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public UnpackLimitException() { }

    /// <summary>Creates the exception.</summary>
    public UnpackLimitException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public UnpackLimitException(string message, Exception innerException)
        : base(message, innerException) { }
}

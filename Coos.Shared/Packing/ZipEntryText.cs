using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Coos.Shared.Packing;

/// <summary>
/// Reads a file in a zip and detects damage and truncation: <see cref="ZipArchive"/> checks neither the length nor the
/// checksum.
/// </summary>
internal sealed class ZipEntryText(ZipArchiveEntry entry, UnpackBudget? budget) : ReadOnlyStream
{
    private readonly Stream _content = entry.Open();
    private readonly Crc32 _checksum = new();
    private long _read;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or truncated; the message says where.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = Inflate(buffer);
        budget?.Spend(read);
        _checksum.Append(buffer[..read]);
        _read += read;
        if (_read > entry.Length || (read == 0 && !buffer.IsEmpty && _read != entry.Length))
        {
            var more = _read > entry.Length ? "more than " : "";
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it unpacks to {more}{Math.Min(_read, entry.Length):N0} bytes, but the zip states {entry.Length:N0}: "
                        + $"the zip is damaged or was cut short."
                )
            );
        }

        return read == 0 && !buffer.IsEmpty && _checksum.GetCurrentHashAsUInt32() != entry.Crc32
            ? throw new InvalidDataException(
                FormattableString.Invariant($"its {_read:N0} bytes do not match the checksum in the zip: the zip is damaged.")
            )
            : read;
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"its data in the zip is damaged after {_read:N0} bytes of text."),
                e
            );
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}

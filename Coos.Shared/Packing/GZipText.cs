using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Coos.Shared.Packing;

/// <summary>
/// Reads a gzip file (RFC 1952) of one or several members, and detects damage and truncation. <see cref="GZipStream"/>
/// reads a truncated file as if it were complete, and ignores trailing data.
/// Memory: a buffer of 64 KiB and the inflater's, regardless of the file size.
/// </summary>
public sealed class GZipText : ReadOnlyStream
{
    private const int TrailerLength = 8;
    private const int FixedHeaderLength = 6;

    private readonly PackedBytes _packed;
    private readonly UnpackBudget? _budget;
    private DeflateStream? _member;
    private readonly Crc32 _checksum = new();
    private uint _memberLength;
    private long _read;
    private bool _isAtEnd;

    /// <summary>Starts to read.</summary>
    /// <param name="packed">The compressed file; closed with this stream.</param>
    /// <param name="budget">Limits the work; null for files that are trusted.</param>
    public GZipText(Stream packed, UnpackBudget? budget = null)
    {
        _packed = new PackedBytes(packed);
        _budget = budget;
    }

    /// <summary>Whether a file starts with the gzip signature.</summary>
    /// <param name="start">At least its first two bytes.</param>
    public static bool IsGZip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or truncated; the message says where.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && !buffer.IsEmpty)
        {
            _member ??= Open();
            var read = _member is null ? 0 : Inflate(_member, buffer);
            if (read > 0)
            {
                return read;
            }

            if (_member is null)
            {
                _isAtEnd = true;
            }
            else
            {
                Close(_member);
                _member = null;
            }
        }

        return 0;
    }

    private int Inflate(DeflateStream member, Span<byte> buffer)
    {
        int read;
        try
        {
            read = member.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            var message = FormattableString.Invariant(
                $"its gzip data is damaged before byte {_packed.Offset:N0}, after {_read:N0} bytes of text."
            );
            throw new InvalidDataException(message, e);
        }

        _budget?.Spend(read);
        _checksum.Append(buffer[..read]);
        _memberLength += (uint)read;
        _read += read;
        return read;
    }

    /// <summary>
    /// Ends a member. The inflater does not say where its data ends, so this searches for the trailer behind it: the checksum
    /// and the length of the text, eight bytes that are known by now.
    /// </summary>
    private void Close(DeflateStream member)
    {
        member.Dispose();
        if (_packed.IsExhausted)
        {
            throw Truncated();
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _memberLength);
        if (!_packed.TrySkipPast(trailer))
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the checksum after its gzip data does not match the {_memberLength:N0} bytes of text: "
                        + $"the file is damaged or was cut short."
                )
            );
        }
    }

    /// <summary>Reads the header of the next member.</summary>
    /// <returns>Its data; null at the end of the file.</returns>
    private DeflateStream? Open()
    {
        var start = _packed.Offset;
        var first = _packed.ReadByte();
        if (first < 0 && start > 0)
        {
            return null;
        }

        if (first != 0x1F || Next() != 0x8B)
        {
            throw new InvalidDataException(
                start == 0
                    ? "it does not start with the gzip signature."
                    : FormattableString.Invariant($"its gzip data ends at byte {start:N0}, and the rest is not gzip data.")
            );
        }

        if (Next() != 8)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"the gzip header at byte {start:N0} has an unknown compression method; the file is damaged.")
            );
        }

        _budget?.Spend(UnpackBudget.MemberCost);
        SkipHeader((HeaderParts)Next());
        _checksum.Reset();
        _memberLength = 0;
        _packed.StartMember();
        return new DeflateStream(_packed, CompressionMode.Decompress, leaveOpen: true);
    }

    private void SkipHeader(HeaderParts parts)
    {
        Skip(FixedHeaderLength);
        if (parts.HasFlag(HeaderParts.Extra))
        {
            var low = Next();
            Skip(low | (Next() << 8));
        }

        if (parts.HasFlag(HeaderParts.Name))
        {
            SkipText();
        }

        if (parts.HasFlag(HeaderParts.Comment))
        {
            SkipText();
        }

        if (parts.HasFlag(HeaderParts.Checksum))
        {
            Skip(sizeof(ushort));
        }
    }

    private void Skip(int count)
    {
        for (; count > 0; count--)
        {
            Next();
        }
    }

    private void SkipText()
    {
        while (Next() != 0) { }
    }

    private byte Next()
    {
        var next = _packed.ReadByte();
        _budget?.Spend(UnpackBudget.HeaderByteCost);
        return next < 0 ? throw Truncated() : (byte)next;
    }

    private InvalidDataException Truncated() =>
        new(
            FormattableString.Invariant(
                $"its gzip data ends early at byte {_packed.Offset:N0}, after {_read:N0} bytes of text: the file was cut short."
            )
        );

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    [Flags]
    private enum HeaderParts
    {
        None = 0,
        Checksum = 2,
        Extra = 4,
        Name = 8,
        Comment = 16,
    }
}

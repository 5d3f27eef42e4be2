using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Coos.Shared.Labels;

/// <summary>
/// The image ids of one split and the position of each. Positions are canonical: ids are sorted by length, then by bytes,
/// which is numeric order for the usual ids 0, 1, 2, ... The position of an image does not depend on the order of any
/// file. Immutable.
/// </summary>
public sealed class ImageIndex
{
    /// <summary>The maximum length of an image id in UTF-8 bytes.</summary>
    public const int MaximumIdLength = 200;

    private const int MaximumDigits = 9;

    private readonly byte[] _text;
    private readonly int[] _offsets;
    private readonly int[] _byNumber;
    private readonly bool _idsArePositions;
    private readonly int _idLength;

    /// <summary>
    /// An open hash table; 0 is free. An entry has an id's position + 1 in its low bits and bits of the id's hash above, so
    /// that text is compared for hits only and the table stays small: a search spends its time waiting for memory.
    /// </summary>
    private readonly uint[] _slots;

    private readonly uint _positionMask;
    private readonly byte[] _contentHash;

    private ImageIndex(byte[] text, int[] offsets)
    {
        _text = text;
        _offsets = offsets;
        _contentHash = HashContent();
        _byNumber = CreateNumberTable();
        _idsArePositions = _byNumber.Length == Count && Count > 0;
        _idLength = FindCommonLength();
        _positionMask = BitOperations.RoundUpToPowerOf2((uint)Count + 2) - 1;
        _slots = _byNumber.Length > 0 ? [] : CreateHashTable();
    }

    /// <summary>The number of images.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>Creates the index of the given ids.</summary>
    /// <param name="ids">Distinct ids in UTF-8.</param>
    /// <param name="order">The canonical order: <c>order[position]</c> is the index in <paramref name="ids"/>.</param>
    /// <exception cref="ArgumentException">An id occurs twice.</exception>
    public static ImageIndex Create(IReadOnlyList<byte[]> ids, out int[] order)
    {
        order = [.. Enumerable.Range(0, ids.Count)];
        Array.Sort(order, (a, b) => Compare(ids[a], ids[b]));
        var offsets = new int[ids.Count + 1];
        var text = new byte[ids.Sum(id => id.Length)];
        for (var i = 0; i < order.Length; i++)
        {
            var id = ids[order[i]];
            if (i > 0 && Compare(ids[order[i - 1]], id) == 0)
            {
                throw new ArgumentException($"Image id \"{Encoding.UTF8.GetString(id)}\" occurs twice.", nameof(ids));
            }

            id.CopyTo(text.AsSpan(offsets[i]));
            offsets[i + 1] = offsets[i] + id.Length;
        }

        return new ImageIndex(text, offsets);
    }

    /// <summary>Finds the position of an image.</summary>
    /// <returns>0 .. <see cref="Count"/> - 1, or -1 if the split does not contain it.</returns>
    public int Find(ReadOnlySpan<byte> id)
    {
        if (_byNumber.Length > 0)
        {
            // Ids 0, 1, 2, ... are their own positions and need no table.
            var isInRange = TryParseCanonical(id, out var number) && number < _byNumber.Length;
            return !isInRange ? -1
                : _idsArePositions ? number
                : _byNumber[number];
        }

        var hash = Hash(id);
        var tag = (uint)(hash >> 32) & ~_positionMask;
        var slots = _slots;
        for (var slot = (int)hash & (slots.Length - 1); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var entry = slots[slot];
            var position = (int)(entry & _positionMask) - 1;
            if (position < 0 || ((entry & ~_positionMask) == tag && Utf8Id(position).SequenceEqual(id)))
            {
                return position;
            }
        }
    }

    /// <summary>The id at a position, as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8Id(int position) =>
        _idLength > 0
            ? _text.AsSpan(position * _idLength, _idLength)
            : _text.AsSpan(_offsets[position], _offsets[position + 1] - _offsets[position]);

    /// <summary>The id at a position.</summary>
    public string Id(int position) => Encoding.UTF8.GetString(Utf8Id(position));

    /// <summary>The SHA-256 (32 bytes) of all ids in order, each followed by a line feed: equal for equal sets of images.</summary>
    public ReadOnlySpan<byte> ContentHash => _contentHash;

    private static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);

    /// <summary>The length of all ids if it is the same, otherwise 0. It saves reading the offsets from memory.</summary>
    private int FindCommonLength()
    {
        var first = Count == 0 ? 0 : _offsets[1];
        return _text.Length == (long)first * Count && !Enumerable.Range(0, Count).Any(i => _offsets[i] != i * first) ? first : 0;
    }

    private byte[] HashContent()
    {
        var lines = new byte[_text.Length + Count];
        for (var i = 0; i < Count; i++)
        {
            var id = Utf8Id(i);
            id.CopyTo(lines.AsSpan(_offsets[i] + i));
            lines[_offsets[i] + i + id.Length] = (byte)'\n';
        }

        return SHA256.HashData(lines);
    }

    /// <summary>The table from number to position if every id is a small number in canonical form, otherwise empty.</summary>
    private int[] CreateNumberTable()
    {
        var numbers = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!TryParseCanonical(Utf8Id(i), out numbers[i]))
            {
                return [];
            }
        }

        if (Count == 0 || numbers[^1] > 4L * Count + 1024)
        {
            return [];
        }

        var table = new int[numbers[^1] + 1];
        Array.Fill(table, -1);
        for (var i = 0; i < numbers.Length; i++)
        {
            table[numbers[i]] = i;
        }

        return table;
    }

    private uint[] CreateHashTable()
    {
        var slots = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * Count, 2))];
        for (var i = 0; i < Count; i++)
        {
            var hash = Hash(Utf8Id(i));
            var slot = (int)hash & (slots.Length - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = ((uint)(hash >> 32) & ~_positionMask) | (uint)(i + 1);
        }

        return slots;
    }

    /// <summary>Parses "0", "17", ... but not "017", "+17" or "17.0": two spellings of a number are two ids.</summary>
    private static bool TryParseCanonical(ReadOnlySpan<byte> id, out int number)
    {
        number = 0;
        if (id.IsEmpty || id.Length > MaximumDigits || (id[0] == (byte)'0' && id.Length > 1))
        {
            return false;
        }

        foreach (var digit in id)
        {
            var value = (uint)(digit - '0');
            if (value > 9)
            {
                return false;
            }

            number = (10 * number) + (int)value;
        }

        return true;
    }

    /// <summary>
    /// Multiplies and folds eight bytes at a time (the mixing of wyhash); the last eight may overlap the ones before.
    /// Only the organiser's ids are in the table, so a submitter cannot cause collisions.
    /// </summary>
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var state = (ulong)id.Length;
        if (id.Length < sizeof(ulong))
        {
            ulong word = 0;
            for (var i = 0; i < id.Length; i++)
            {
                word |= (ulong)id[i] << (8 * i);
            }

            return Mix(state ^ word);
        }

        for (var at = 0; at < id.Length - sizeof(ulong); at += sizeof(ulong))
        {
            state = Mix(state ^ MemoryMarshal.Read<ulong>(id[at..]));
        }

        return Mix(state ^ MemoryMarshal.Read<ulong>(id[^sizeof(ulong)..]));

        static ulong Mix(ulong word)
        {
            const ulong Multiplier = 0x9E3779B97F4A7C15;
            var high = Math.BigMul(word, Multiplier, out var low);
            return high ^ low;
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Coos.Baselines.Deep.Native;

/// <summary>
/// Makes TorchSharp's native library loadable with libstdc++ older than 13 (Debian 12, Ubuntu 22.04). Delete this file and its call
/// in <see cref="TorchRuntime"/> once TorchSharp is built against an older libstdc++ or those systems are no longer supported.
/// </summary>
/// <remarks>
/// The library needs one symbol of GLIBCXX_3.4.32: <c>std::ios_base_library_init()</c>, which GCC 13 and later call to construct
/// std::cout. Earlier versions call the constructor <c>std::ios_base::Init::Init()</c> of GLIBCXX_3.4, which counts its calls in a
/// static, does not use its object, and exists on every system. In a copy of the library, the symbol gets the name and version of
/// the constructor, and the requirement of GLIBCXX_3.4.32 becomes a second one of GLIBCXX_3.4.
/// Formats: System V ABI, "Object Files"; Linux Standard Base Core, "Symbol Versioning".
/// </remarks>
internal static class GlibcxxPatch
{
    /// <summary>The version in the loader's message if this patch helps.</summary>
    public const string MissingVersion = "GLIBCXX_3.4.32";

    private const string MissingSymbol = "_ZSt21ios_base_library_initv";
    private const string OldVersion = "GLIBCXX_3.4";
    private const string OldSymbol = "_ZNSt8ios_base4InitC1Ev";

    private const uint SectionDynamicSymbols = 11;
    private const uint SectionVersionNeeds = 0x6ffffffe;
    private const uint SectionSymbolVersions = 0x6fffffff;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;

    /// <summary>Patches a library in memory.</summary>
    /// <param name="elf">A 64-bit little-endian ELF file, changed in place.</param>
    /// <returns>Whether the file has the symbol and both versions; if not, it is unchanged.</returns>
    public static bool Apply(Span<byte> elf)
    {
        if (
            !elf.StartsWith("\u007FELF\u0002\u0001"u8)
            || Find(elf, SectionDynamicSymbols) is not { } symbols
            || Find(elf, SectionVersionNeeds) is not { } needs
            || Find(elf, SectionSymbolVersions) is not { } versions
        )
        {
            return false;
        }

        var strings = Section.At(elf, symbols.Link).Offset;
        var missing = FindNeed(elf, needs, strings, MissingVersion);
        var old = FindNeed(elf, needs, strings, OldVersion);
        var symbol = FindSymbol(elf, symbols, strings);
        if (missing < 0 || old < 0 || symbol < 0)
        {
            return false;
        }

        // Vernaux: hash (4), flags (2), version index (2), name (4), next (4).
        elf.Slice(old, 4).CopyTo(elf[missing..]);
        elf.Slice(old + 8, 4).CopyTo(elf[(missing + 8)..]);
        elf.Slice(old + 6, 2).CopyTo(elf[(versions.Offset + (2 * symbol))..]);
        var name = elf[(strings + (int)Read32(elf, symbols.Offset + (symbol * SymbolSize)))..];
        name[..MissingSymbol.Length].Clear();
        Encoding.ASCII.GetBytes(OldSymbol).CopyTo(name);
        return true;
    }

    private static int FindSymbol(ReadOnlySpan<byte> elf, Section symbols, int strings)
    {
        for (var i = 0; i < symbols.Size / SymbolSize; i++)
        {
            if (HasText(elf, strings + (int)Read32(elf, symbols.Offset + (i * SymbolSize)), MissingSymbol))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Finds the offset of the entry for a version, over all needed libraries; -1 if there is none.</summary>
    private static int FindNeed(ReadOnlySpan<byte> elf, Section needs, int strings, string version)
    {
        // Verneed: version (2), count (2), file (4), first entry (4), next (4); offsets are relative to the record.
        for (int library = needs.Offset, step = -1; step != 0; library += step)
        {
            step = (int)Read32(elf, library + 12);
            for (int entry = library + (int)Read32(elf, library + 8), next = -1; next != 0; entry += next)
            {
                next = (int)Read32(elf, entry + 12);
                if (HasText(elf, strings + (int)Read32(elf, entry + 8), version))
                {
                    return entry;
                }
            }
        }

        return -1;
    }

    private static Section? Find(ReadOnlySpan<byte> elf, uint type)
    {
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]); i++)
        {
            if (Section.At(elf, i) is var section && section.Type == type)
            {
                return section;
            }
        }

        return null;
    }

    private static bool HasText(ReadOnlySpan<byte> elf, int offset, string text) =>
        elf[offset..].StartsWith(Encoding.ASCII.GetBytes(text + '\0'));

    private static uint Read32(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(elf[offset..]);

    private readonly record struct Section(uint Type, int Offset, int Size, int Link)
    {
        public static Section At(ReadOnlySpan<byte> elf, int index)
        {
            var header = elf[((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]) + (index * SectionHeaderSize))..];
            return new Section(Read32(header, 4), (int)Read32(header, 24), (int)Read32(header, 32), (int)Read32(header, 40));
        }
    }
}

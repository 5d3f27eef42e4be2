namespace Coos.Evaluator.Tests.Support;

/// <summary>Damages files at random.</summary>
internal static class FileMutator
{
    private static readonly byte[] Interesting = [.. "0123456789,;\t\n\r\"'. -+eE\0aZ"u8, 0x80, 0xC3, 0xFF, 0x1F];

    /// <summary>Returns a copy with one random change.</summary>
    public static byte[] Mutate(byte[] content, Random random)
    {
        var at = random.Next(content.Length + 1);
        var end = Math.Min(content.Length, at + 1 + random.Next(random.Next(2) == 0 ? 2 : 60));
        return random.Next(8) switch
        {
            0 => Flip(content, random),
            1 => [.. content[..at], .. content[end..]],
            2 => [.. content[..at], Interesting[random.Next(Interesting.Length)], .. content[at..]],
            3 => SwapLines(content, random),
            4 => content[..at],
            5 => [.. content[..end], .. content[at..end], .. content[end..]],
            6 => [.. content[..at], .. Enumerable.Range(0, random.Next(300)).Select(_ => (byte)random.Next(256)), .. content[at..]],
            _ => Replace(content, random),
        };
    }

    private static byte[] Flip(byte[] content, Random random)
    {
        byte[] copy = [.. content];
        if (copy.Length > 0)
        {
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        }

        return copy;
    }

    private static byte[] Replace(byte[] content, Random random)
    {
        byte[] copy = [.. content];
        if (copy.Length > 0)
        {
            copy[random.Next(copy.Length)] = Interesting[random.Next(Interesting.Length)];
        }

        return copy;
    }

    private static byte[] SwapLines(byte[] content, Random random)
    {
        var lines = new List<byte[]>();
        var rest = content.AsSpan();
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            lines.Add(rest[..(end + 1)].ToArray());
            rest = rest[(end + 1)..];
        }

        lines.Add(rest.ToArray());
        var (a, b) = (random.Next(lines.Count), random.Next(lines.Count));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return [.. lines.SelectMany(l => l)];
    }
}

namespace Coos.Measurements.Fuzz;

/// <summary>Damages bytes as interrupted uploads, faulty tools and attackers do.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly byte[][] Interesting =
    [
        "\0"u8.ToArray(),
        "\r\n"u8.ToArray(),
        "\n\n"u8.ToArray(),
        "\""u8.ToArray(),
        ","u8.ToArray(),
        ";"u8.ToArray(),
        "--"u8.ToArray(),
        "-1"u8.ToArray(),
        "1e308"u8.ToArray(),
        "NaN"u8.ToArray(),
        "99999999999999999999"u8.ToArray(),
        "\u202E"u8.ToArray(),
        "\uFEFF"u8.ToArray(),
        [0xFF, 0xFE],
        [0xC3, 0x28],
        [0x1F, 0x8B],
        "PK\u0003\u0004"u8.ToArray(),
        "<script>"u8.ToArray(),
        "%00"u8.ToArray(),
        "../"u8.ToArray(),
        "'; DROP TABLE Submissions; --"u8.ToArray(),
        [0xF0, 0x9F, 0x92, 0xA9],
        "{\"a\":[[[["u8.ToArray(),
        "Content-Disposition: "u8.ToArray(),
        "filename*=UTF-8''%FF"u8.ToArray(),
    ];

    /// <summary>Creates a damaged copy.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        var result = bytes.ToList();
        for (var steps = 1 << random.Next(4); steps > 0; steps--)
        {
            Step(result);
        }

        return [.. result];
    }

    private void Step(List<byte> bytes)
    {
        var offset = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - offset, 1 << random.Next(10));
        switch (random.Next(7))
        {
            case 0 when offset < bytes.Count:
                bytes[offset] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when offset < bytes.Count:
                bytes[offset] = (byte)random.Next(256);
                break;
            case 2:
                bytes.InsertRange(offset, Interesting[random.Next(Interesting.Length)]);
                break;
            case 3:
                bytes.RemoveRange(offset, length);
                break;
            case 4:
                bytes.InsertRange(offset, bytes.GetRange(offset, length));
                break;
            case 5:
                var end = random.Next(4) == 0 ? offset : Math.Max(offset, bytes.Count - length);
                bytes.RemoveRange(end, bytes.Count - end);
                break;
            default:
                var other = new byte[random.Next(1, 9)];
                random.NextBytes(other);
                bytes.InsertRange(offset, other);
                break;
        }
    }
}

using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;

namespace Coos.Evaluator.Tests.Predictions.Cases;

/// <summary>A benchmark with ids of several kinds, and the files that are sent for it.</summary>
internal static class CaseFiles
{
    /// <summary>The header of most files.</summary>
    public const string Head = "image_id,label\n";

    /// <summary>Valid lines for test1.</summary>
    public const string Body = "00001,0\n00002,1\n00003,2\n00004,0\n00005,1\n00006,2\n";

    /// <summary>The names of the classes.</summary>
    public static readonly string[] Names = ["ER", "Golgi", "Cytosol"];

    /// <summary>Three classes and four splits.</summary>
    public static readonly Benchmark Benchmark = new()
    {
        Slug = "cases",
        Name = "Cases",
        Summary = "Three compartments.",
        Classes = [new(0, "Endoplasmic Reticulum", "ER"), new(1, "Golgi apparatus", "Golgi"), new(2, "Cytosol", "Cytosol")],
        Splits = [.. Enumerable.Range(1, 4).Select(i => new Split($"test{i}", SplitRole.Shifted, $"Test{i}", "", null, ""))],
        Ranking = new Ranking(MetricId.BalancedError, ["test1"]),
    };

    /// <summary>The images of each split.</summary>
    public static readonly IReadOnlyDictionary<string, ImageIndex> Images = new Dictionary<string, ImageIndex>
    {
        ["test1"] = Support.Sample.Images("00001", "00002", "00003", "00004", "00005", "00006"),
        ["test2"] = Support.Sample.Images("100000", "100001", "100002", "100003", "well B,3", "cell 7.tif"),
        ["test3"] = Support.Sample.Images("1", "2", "3"),
        ["test4"] = Support.Sample.Images("12345678901234567", "100025440003960000", "219E01BE"),
    };

    /// <summary>A text, with another separator than the comma.</summary>
    public static byte[] Text(string text, string separator = ",") => Packed.Text(text.Replace(",", separator, StringComparison.Ordinal));

    /// <summary>Labels of given ids, made from 1, 2, ...</summary>
    public static byte[] Ids(Func<int, string> id, string separator = ",", int count = 6) =>
        Packed.Text(
            Head.Replace(",", separator, StringComparison.Ordinal)
                + string.Concat(Enumerable.Range(1, count).Select(i => $"{id(i)}{separator}{(i - 1) % 3}\n"))
        );

    /// <summary>Given lines under the usual header.</summary>
    public static byte[] Rows(params string[] rows) => Packed.Text(Head + string.Concat(rows.Select(row => row + "\n")));

    /// <summary>Given labels of the images of test1, made from 1, 2, ...</summary>
    public static byte[] LabelsOf(Func<int, string> label) =>
        Packed.Text(Head + string.Concat(Enumerable.Range(1, 6).Select(i => $"0000{i},{label(i)}\n")));

    /// <summary>The same scores for every image of test1, in columns with a given name before their number.</summary>
    public static byte[] ScoresOf(string name, string row) =>
        Packed.Text($"image_id,{name}0,{name}1,{name}2\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"0000{i},{row}\n")));

    /// <summary>Three lines of probabilities in turn, with labels 0, 1, 2 that start elsewhere.</summary>
    public static byte[] LabelledScores(string first, string second, string third, int shift)
    {
        string[] rows = [first, second, third];
        return Packed.Text(
            "image_id,label,p0,p1,p2\n"
                + string.Concat(Enumerable.Range(0, 6).Select(i => $"0000{i + 1},{(i + shift) % 3},{rows[i % 3]}\n"))
        );
    }

    /// <summary>A tar archive of one file (POSIX.1-1988, ustar).</summary>
    public static byte[] Tar(string name, string text)
    {
        var archive = new byte[2048];
        Encoding.ASCII.GetBytes(name, archive);
        Encoding.ASCII.GetBytes($"{Convert.ToString(text.Length, 8).PadLeft(11, '0')}", archive.AsSpan(124));
        Encoding.ASCII.GetBytes("ustar\00000", archive.AsSpan(257));
        Encoding.ASCII.GetBytes(text, archive.AsSpan(512));
        return archive;
    }

    /// <summary>A zip that states another compression method.</summary>
    public static byte[] WithMethod(byte[] zip, byte method)
    {
        ForEachHeader(zip, (local, central) => zip[local + 8] = zip[central + 10] = method);
        return zip;
    }

    /// <summary>A zip whose only file is noise and marked as encrypted.</summary>
    public static byte[] Encrypted(byte[] zip)
    {
        ForEachHeader(
            zip,
            (local, central) =>
            {
                zip[local + 6] |= 1;
                zip[central + 8] |= 1;
                for (var i = local + 30 + zip[local + 26]; i < central; i++)
                {
                    zip[i] ^= 0x5A;
                }
            }
        );
        return zip;
    }

    private static void ForEachHeader(byte[] zip, Action<int, int> change) =>
        change(zip.AsSpan().IndexOf("PK\u0003\u0004"u8), zip.AsSpan().IndexOf("PK\u0001\u0002"u8));
}

using System.Text;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>Problems explain what a program did to a file, and one problem explains many where it is the cause of them.</summary>
public sealed class ExplanationTests
{
    /// <summary>The first bytes of a file as Latin-1 text, and what the file is.</summary>
    public static TheoryData<string, string> Formats =>
        new()
        {
            { "\u0080\u0004\u0095", "a Python pickle" },
            { "\u0089HDF\r\n\u001A\n", "an HDF5 file" },
            { "7z\u00BC\u00AF'\u001C", "a 7z archive" },
            { "Rar!\u001A\u0007\u0001\0", "a RAR archive" },
            { "\u00FD7zXZ\0", "compressed with xz" },
            { "BZh91AY&SY", "compressed with bzip2" },
            { "(\u00B5/\u00FD$", "compressed with zstd" },
            { "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "an Excel workbook" },
            { "  \n<!DOCTYPE html><html>", "a web page" },
            { "<?xml version=\"1.0\"?><Workbook>", "XML" },
            { "\u00EF\u00BB\u00BF[{\"image_id\": 0}]", "JSON" },
            { "[\n  0, 1\n]", "JSON" },
            { "%PDF-1.7", "a PDF document" },
            { "\u0089PNG\r\n", "a picture" },
            { "SQLite format 3\0", "an SQLite database" },
            { "RDX3\nX\n", "an R workspace" },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_of_another_format_is_named(string start, string what)
    {
        var (_, problems) = Sample.Read(new MemoryStream(Encoding.Latin1.GetBytes(start)));

        var problem = Assert.Single(problems.Items);
        Assert.Equal((ProblemCode.BadEncoding, (int?)null), (problem.Code, problem.Line));
        Assert.StartsWith($"the file is {what}", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The images, the ids of the file, and what the only problem says.</summary>
    public static TheoryData<string, string, string> Shifts =>
        new()
        {
            { "0 1 2 3 4", "1 2 3 4 5", "from 1 to 5 where test2 has 0 to 4: each is one too high; subtract 1" },
            { "1 2 3 4 5", "0 1 2 3 4", "from 0 to 4 where test2 has 1 to 5: each is one too low; add 1" },
            { "08 09 10 11", "09 10 11 12", "from 09 to 12 where test2 has 08 to 11" },
            { "img_0.png img_1.png img_2.png", "img_2.png img_1.png img_3.png", "from img_1.png to img_3.png" },
            { "0 1 2 7 8 9", "1 2 3 8 9 10", "from 1 to 10 where test2 has 0 to 9" },
            { "8 9 10", "9 10 11", "from 9 to 11 where test2 has 8 to 10" },
        };

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Ids_that_are_shifted_by_one_are_one_problem(string images, string ids, string expected)
    {
        var (_, problems) = Read(images, [.. ids.Split(' ').Select(id => $"{id},0")]);

        Assert.Contains(expected, Assert.Single(problems.Items).Message, StringComparison.Ordinal);
        Assert.Equal(1, problems.Count);
    }

    [Theory]
    [InlineData("0 1 2 3 4", "1 2 3 4 6")]
    [InlineData("0 1 2 3 4", "1 2 3 4")]
    [InlineData("0 1 2 3 4", "1 2 3 4 5 5")]
    [InlineData("a b c d", "b c d e")]
    public void Other_ids_are_not_called_shifted(string images, string ids)
    {
        var (_, problems) = Read(images, [.. ids.Split(' ').Select(id => $"{id},0")]);

        Assert.DoesNotContain(problems.Items, p => p.Message.Contains("every id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Cell1 Cell2", "cell1", "in other case")]
    [InlineData("100000 x", "100,000", "remove the thousands separators")]
    [InlineData("100000 x", "100 000", "remove the thousands separators")]
    [InlineData("100000 x", "1.0E5", "scientific notation")]
    [InlineData("a/1.png b/2.png", "1.png", "with its folder it exists")]
    [InlineData("a/1.png b/2.png", "c/1.png", "in another folder")]
    [InlineData("A/1.PNG b", "a/1.png", "in other case")]
    [InlineData("7.tif x", "007", "too many leading zeros")]
    [InlineData("7 x", "7\u00A0", "remove the spaces around it")]
    [InlineData("Jos\u00E9.png x", "Jose\u0301.png", "write each letter and its accent as one character (Unicode form C)")]
    [InlineData("Jose\u0301.png x", "Jos\u00E9.png", "write accents as separate characters (Unicode form D)")]
    public void An_unknown_id_near_an_image_names_it_and_the_difference(string images, string id, string reason)
    {
        var (_, problems) = Read(images, $"\"{id}\",0", $"{images.Split(' ')[1]},0");

        var problem = Assert.Single(problems.Items);
        Assert.Contains($"but \"{images.Split(' ')[0]}\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Each of two images could be meant.</summary>
    [Theory]
    [InlineData("7 07", "007")]
    [InlineData("a.png a.tif", "a")]
    [InlineData("a/1 b/1", "1")]
    public void An_id_near_several_images_names_none(string images, string id)
    {
        var (_, problems) = Read(images, $"{id},0");

        Assert.Equal($"image \"{id}\" is not in test2", problems.Items[0].Message);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void A_file_of_a_hundred_thousand_other_ids_is_rejected_quickly()
    {
        string[] images = [.. Enumerable.Range(0, 50_000).Select(i => $"plate/img_{i:00000}.png")];
        string[] rows = [.. Enumerable.Range(0, 100_000).Select(i => $"other-{Convert.ToHexString(BitConverter.GetBytes(i * 7919))},0")];

        var (_, problems) = Read(string.Join(' ', images), rows);

        Assert.Equal(150_000, problems.Count);
        Assert.All(problems.Items, p => Assert.StartsWith("image \"other-", p.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.33,0.33,0.33", true)]
    [InlineData("0.3,0.3,0.3", true)]
    [InlineData("0.334,0.334,0.334", true)]
    [InlineData("3.3e-1,0.33,33e-2", true)]
    [InlineData("0.33398438,0.33398438,0.33398438", true)] // bfloat16
    [InlineData("1,-0.0000005,0.0000005", true)]
    [InlineData("0.335,0.335,0.335", false)]
    [InlineData("0.33,0.33,0.3200001", false)]
    [InlineData("1,1,1", false)]
    [InlineData("0,0,0", false)]
    [InlineData("1.00001,0,0", false)]
    public void Probabilities_may_be_rounded_and_are_then_a_distribution(string row, bool isAccepted)
    {
        var (predictions, problems) = Sample.Read($"image_id,p0,p1,p2\n0,{row}\n1,0,1,0\n2,0,0,1\n3,1,0,0\n");

        Assert.Equal(isAccepted, problems.Count == 0);
        if (predictions is not null)
        {
            Assert.Equal(1, predictions.Probabilities!.ToArray()[..3].Sum(), 1e-3);
            Assert.All(predictions.Probabilities!.ToArray(), p => Assert.InRange(p, 0, 1));
        }
    }

    [Fact]
    public void A_rounded_line_is_divided_by_its_sum_with_a_warning()
    {
        var predictions = Sample.ReadGood("image_id,p0,p1,p2\n0,0.33,0.33,0.33\n1,0,1,0\n2,0,0,1\n3,1,0,0\n");

        Assert.All(predictions.Probabilities!.ToArray()[..3], p => Assert.Equal(1 / 3.0, p, 1e-15));
        Assert.Equal(["rounded-probabilities"], predictions.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void Logits_become_their_softmax_and_have_another_hash()
    {
        const string Rows = "0,1,0,0\n1,0,1,0\n2,0,0,1\n3,1,0,0\n";
        var logits = Sample.ReadGood("image_id,z0,z1,z2\n" + Rows);
        var probabilities = Sample.ReadGood("image_id,p0,p1,p2\n" + Rows);

        Assert.Equal(probabilities.Classes, logits.Classes);
        Assert.Equal(Math.E / (Math.E + 2), logits.Probabilities!.ToArray()[0], 1e-15);
        Assert.NotEqual(probabilities.Hash, logits.Hash);
        Assert.Equal(logits.Hash, Sample.ReadGood("z2,z0,z1,image_id\n0,0,1,1\n0,1,0,0\n1,0,0,2\n0,1,0,3\n").Hash);
    }

    [Theory]
    [InlineData("image_id,z0,z1,z2\n0,inf,0,0\n", "bad-probability: \"inf\" is not a logit")]
    [InlineData("image_id,z0,z1\n0,1,0\n", "missing-column: the header has no column z2; logits are required for all classes")]
    [InlineData("image_id,p0,p1,p2,z0,z1,z2\n", "duplicate-column: the file has probabilities (p0, ...) and logits")]
    public void Wrong_logits_are_named(string text, string expected) =>
        Assert.Contains(expected, Sample.Read(text).Problems.Items[0].ToString(), StringComparison.Ordinal);

    private static (PredictionSet? Predictions, ProblemList Problems) Read(string images, params string[] rows)
    {
        var target = Sample.Target() with { Images = Sample.Images(images.Split(' ')), OtherSplits = new Dictionary<string, ImageIndex>() };
        return Sample.Read("image_id,label\n" + string.Concat(rows.Select(row => row + "\n")), target);
    }
}

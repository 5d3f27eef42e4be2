using System.Text;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>The different ways to write the same predictions: images 0 to 3 as classes 0, 1, 2, 0.</summary>
public sealed class GoodFileTests
{
    private const string Plain = "image_id,label\n0,0\n1,1\n2,2\n3,0\n";

    public static TheoryData<string> SamePredictions =>
        [
            Plain,
            "\uFEFFimage_id,label\n0,0\n1,1\n2,2\n3,0\n",
            "image_id,label\r\n0,0\r\n1,1\r\n2,2\r\n3,0\r\n",
            "image_id,label\n0,0\n1,1\n2,2\n3,0",
            "image_id,label\r\n0,0\r\n1,1\r\n2,2\r\n3,0\r",
            "image_id\tlabel\n0\t0\n1\t1\n2\t2\n3\t0\n",
            "image_id;label\n0;0\n1;1\n2;2\n3;0\n",
            "\n\r\nimage_id,label\n\n0,0\n1,1\n\r\n\n2,2\n3,0\n\n\n",
            "label,image_id\n0,0\n1,1\n2,2\n0,3\n",
            "image_id,label\n3,0\n1,1\n0,0\n2,2\n",
            "\"image_id\",\"label\"\n\"0\",\"0\"\n1,\"1\"\n\"2\",2\n3,0\n",
            "\uFEFF\"image_id\";\"label\"\r\n\"0\";\"0\"\r\n1;\"1\"\r\n\"2\";2\r\n3;\"0\"",
            "image_id,label\n0,ER\n1,Golgi\n2,Tub\n3,er\n",
            "image_id,label\n0,Endoplasmic Reticulum\n1,gOLGI\n2,β-Tubulin\n3,ENDOPLASMIC RETICULUM\n",
            "image_id,label\n0,0\n1,1\n2,\"Β-TUBULIN\"\n3,0\n",
        ];

    [Theory]
    [MemberData(nameof(SamePredictions))]
    public void Equal_predictions_have_the_same_hash_in_any_notation(string text)
    {
        var predictions = Sample.ReadGood(text);

        Assert.Equal([0, 1, 2, 0], predictions.Classes);
        Assert.Null(predictions.Probabilities);
        Assert.Equal(Sample.ReadGood(Plain).Hash, predictions.Hash);
    }

    [Fact]
    public void Different_predictions_or_probabilities_have_different_hashes()
    {
        var hash = Sample.ReadGood(Plain).Hash;

        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
        Assert.NotEqual(hash, Sample.ReadGood(Plain.Replace("3,0", "3,1", StringComparison.Ordinal)).Hash);
        Assert.NotEqual(hash, Sample.ReadGood("image_id,p0,p1,p2\n0,1,0,0\n1,0,1,0\n2,0,0,1\n3,1,0,0\n").Hash);
    }

    [Fact]
    public void Without_labels_the_class_is_the_most_probable_one_with_the_lowest_index()
    {
        var predictions = Sample.ReadGood("image_id,p2,p0,p1\n0,0.5,0.5,0\n1,0.2,0.2,0.6\n2,0.5,0,0.5\n3,0.333,0.333,0.334\n");

        Assert.Equal([0, 1, 1, 1], predictions.Classes);
        Assert.Equal([0.5, 0, 0.5, 0.2, 0.6, 0.2, 0, 0.5, 0.5, 0.333, 0.334, 0.333], predictions.Probabilities!.ToArray());
    }

    [Fact]
    public void A_label_takes_precedence_over_the_largest_probability()
    {
        var predictions = Sample.ReadGood("image_id,label,p0,p1,p2\n0,2,1,0,0\n1,1,0,1,0\n2,2,0,0,1\n3,0,1,0,0\n");

        Assert.Equal([2, 1, 2, 0], predictions.Classes);
    }

    [Theory]
    [InlineData("0.3333333,0.3333333,0.3333334")]
    [InlineData("0.333,0.333,0.333")]
    [InlineData("3.335e-1,0.3335,0.333")]
    [InlineData("0,1,0")]
    [InlineData("0.,1.,0.0")]
    [InlineData("-0,1.000000000000000000000,1E-300")]
    [InlineData("0.12345678901234567,0.87654321098765433,0")]
    public void A_distribution_may_be_rounded(string row)
    {
        var predictions = Sample.ReadGood($"image_id,p0,p1,p2\n0,{row}\n1,0,1,0\n2,0,0,1\n3,1,0,0\n");

        Assert.Equal(row.Split(',').Select(double.Parse), predictions.Probabilities!.ToArray()[..3]);
        Assert.All(predictions.Probabilities!.ToArray(), p => Assert.False(double.IsNegative(p)));
    }

    [Fact]
    public void Ids_are_text_with_leading_zeros_and_quotes()
    {
        var target = Sample.Target() with { Images = Sample.Images("1", "01", "plate 3, cell \"7\"", "zelle-ä") };

        var predictions = Sample.ReadGood("image_id,label\n\"plate 3, cell \"\"7\"\"\",2\n01,1\n1,0\nzelle-ä,2\n", target);

        Assert.Equal(0, predictions.Classes[target.Images.Find("1"u8)]);
        Assert.Equal(1, predictions.Classes[target.Images.Find("01"u8)]);
        Assert.Equal(2, predictions.Classes[target.Images.Find("plate 3, cell \"7\""u8)]);
    }

    [Fact]
    public void Problems_do_not_depend_on_the_labels()
    {
        var text = "image_id,label\n0,1\n1,7\n9,2\n2,2,2\n1,0\n";

        var problems = new[] { Sample.Labels(0, 0, 0, 0), Sample.Labels(2, 1, 0, 1) }
            .Select(labels => Sample.Read(text, Sample.Target() with { Images = labels.Images }).Problems.Items)
            .ToArray();

        Assert.Equal(5, problems[0].Count);
        Assert.Equal(problems[0], problems[1]);
    }

    [Fact]
    public void Lines_can_cross_the_end_of_the_read_buffer_at_any_position()
    {
        string[] ids = [.. Enumerable.Range(0, 9000).Select(i => $"cell-{i:00000}")];
        var images = ImageIndex.Create([.. ids.Select(Encoding.UTF8.GetBytes)], out _);
        var target = Sample.Target() with { Images = images };
        ushort[] expected = [.. Enumerable.Range(0, ids.Length).Select(i => (ushort)(i * 7 % 3))];
        var rows = string.Concat(ids.Select((id, i) => i % 5 == 0 ? $"\"{id}\",{expected[i]}\r\n" : $"{id},{expected[i]}\n"));
        for (var shift = 0; shift < 20; shift++)
        {
            var text = Encoding.UTF8.GetBytes(new string('\n', shift) + "image_id,label\n" + rows);
            Assert.Equal(expected, Sample.ReadGood(new MemoryStream(text), target).Classes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_stream_can_return_few_bytes_at_a_time(int size)
    {
        var text = "\uFEFF" + Plain;

        var predictions = Sample.ReadGood(new TrickleStream(Encoding.UTF8.GetBytes(text), () => size));

        Assert.Equal([0, 1, 2, 0], predictions.Classes);
    }

    [Fact]
    public void A_line_of_almost_one_mebibyte_is_read()
    {
        var id = new string('x', (1 << 20) - 2);

        var target = Sample.Target() with { Images = Sample.Images("0", "1", id) };
        var predictions = Sample.ReadGood($"image_id,label\n0,1\n{id},2\n1,0\n", target);

        Assert.Equal([1, 0, 2], predictions.Classes);
    }
}

using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Labels;

/// <summary>Label files are read as strictly as predictions.</summary>
public sealed class LabelFileTests
{
    [Fact]
    public void Labels_are_in_canonical_order_with_their_plates_and_wells()
    {
        var labels = Read("image_id,label,well,plate\n10,Golgi,B2,p1\n9,0,A1,p1\n\"x,1\",Tub,C3,p2\n").Labels!;

        Assert.Equal(["9", "10", "x,1"], Enumerable.Range(0, 3).Select(labels.Images.Id));
        Assert.Equal([0, 1, 2], labels.Classes);
        Assert.Equal(["p1", "p1", "p2"], labels.Plates!);
        Assert.Equal(["A1", "B2", "C3"], labels.Wells!);
    }

    [Fact]
    public void The_canonical_file_has_the_same_labels_and_hash()
    {
        var labels = Read("\uFEFFimage_id;label;plate\r\n\"a;\"\"b\";ER;\"p;1\"\r\n7;2;\r\n").Labels!;

        using var text = new StringWriter();
        LabelFile.Write(labels, text);
        var reread = Read(text.ToString()).Labels!;

        Assert.Equal("image_id,label,plate\n7,2,\n\"a;\"\"b\",0,p;1\n", text.ToString());
        Assert.Equal(labels.Hash, reread.Hash);
        Assert.Equal(labels.Classes, reread.Classes);
    }

    [Fact]
    public void The_hash_depends_on_content_but_not_on_order_or_class_names()
    {
        var hash = Read("image_id,label\n0,0\n1,1\n").Labels!.Hash;

        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Read("label;image_id\ngolgi;1\nER;0\n").Labels!.Hash);
        Assert.NotEqual(hash, Read("image_id,label\n0,0\n1,2\n").Labels!.Hash);
        Assert.NotEqual(hash, Read("image_id,label\n0,0\n2,1\n").Labels!.Hash);
        Assert.NotEqual(hash, Read("image_id,label,plate\n0,0,a\n1,1,a\n").Labels!.Hash);
    }

    public static TheoryData<string, string[]> BadFiles =>
        new()
        {
            { "", ["::empty-file"] },
            { "image_id,label\n", ["::empty-file"] },
            { "0,1\n", ["1::missing-header"] },
            { "image_id,plate\n0,1\n", ["1:label:missing-column"] },
            { "label\n0\n", ["1:image_id:missing-column"] },
            { "image_id,label,p0\n0,0,1\n1,9,1\n", ["1:p0:unknown-column", "3:label:unknown-class"] },
            { "image_id,label,label\n0,0,1\n", ["1:label:duplicate-column"] },
            {
                "image_id,label\n0,0\n1\n0,1\n2,x\n,1\n",
                ["3::wrong-field-count", "4:image_id:duplicate-image", "5:label:unknown-class", "6:image_id:unknown-image"]
            },
            { "image_id,label\n0,\"0\n1,1\n", ["2::wrong-field-count"] },
            { $"image_id,label\n{new string('x', 201)},0\n", ["2:image_id:unknown-image"] },
        };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Every_problem_of_a_label_file_is_reported_with_its_location(string text, string[] expected)
    {
        var (labels, problems) = Read(text);

        Assert.Null(labels);
        Assert.Equal(expected, problems.Items.Select(p => $"{p.Line}:{p.Column}:{ProblemCodeConverter.Text(p.Code)}"));
        Assert.All(problems.Items, p => Assert.Equal("labels/test2.csv", p.File));
    }

    private static (SplitLabels? Labels, ProblemList Problems) Read(string text)
    {
        var problems = new ProblemList();
        using var stream = new MemoryStream(Packed.Text(text));
        return (LabelFile.Read(stream, "labels/test2.csv", Sample.Benchmark.ClassNames, problems), problems);
    }
}

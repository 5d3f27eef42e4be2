using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Benchmarks;

/// <summary>The largest number of classes, and one more.</summary>
public sealed class ClassCountTests
{
    private const int Largest = 20_000;

    [Fact]
    public void Labels_and_predictions_of_20000_classes_are_read_by_index_and_by_name()
    {
        var benchmark = ManifestReader.Read(WriteManifest(Largest), "benchmark.json");
        var problems = new ProblemList();

        using var labelText = new MemoryStream(Encoding.UTF8.GetBytes("image_id,label\n0,19999\n1,Taxon 300\n2,TAXON 19998\n"));
        var labels = LabelFile.Read(labelText, "test1", benchmark.ClassNames, problems)!;
        using var text = new MemoryStream(Encoding.UTF8.GetBytes("image_id,label\n0,taxon 255\n1,256\n2,19999\n"));
        var predictions = PredictionReader.Read(text, new PredictionTarget("test1", labels.Images, benchmark.ClassNames), problems)!;

        Assert.Empty(problems.Items);
        Assert.Equal<ushort>([19_999, 300, 19_998], labels.Classes);
        Assert.Equal<ushort>([255, 256, 19_999], predictions.Classes);
    }

    [Theory]
    [InlineData("20000", "\"20000\" is not a class; a label is 0 to 19999, or a class name such as taxon 0")]
    [InlineData("taxon 20000", "\"taxon 20000\" is not a class")]
    public void A_label_beyond_the_last_class_is_reported(string label, string reason)
    {
        var benchmark = ManifestReader.Read(WriteManifest(Largest), "benchmark.json");
        var problems = new ProblemList();

        using var text = new MemoryStream(Encoding.UTF8.GetBytes($"image_id,label\n0,{label}\n"));
        LabelFile.Read(text, "test1", benchmark.ClassNames, problems);

        Assert.StartsWith(reason, Assert.Single(problems.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_more_is_rejected()
    {
        var error = Assert.Throws<BenchmarkException>(() => ManifestReader.Read(WriteManifest(Largest + 1), "benchmark.json"));

        Assert.Contains("classes has 20001 entries; allowed: 2 to 20000", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A text file cannot hold so many probabilities, so room for them is not made.</summary>
    [Fact]
    public void Scores_that_cannot_fit_into_the_file_are_rejected_before_they_are_read()
    {
        var benchmark = ManifestReader.Read(WriteManifest(Largest), "benchmark.json");
        var images = ImageIndex.Create([.. Enumerable.Range(0, 5000).Select(i => Encoding.UTF8.GetBytes($"{i}"))], out _);
        var problems = new ProblemList();
        var header = string.Join(',', Enumerable.Range(0, Largest).Select(k => $"p{k}"));

        using var text = new MemoryStream(Encoding.UTF8.GetBytes($"image_id,{header}\n"));
        var target = new PredictionTarget("test1", images, benchmark.ClassNames) { MaximumBytes = 64 << 20 };
        var predictions = PredictionReader.Read(text, target, problems);

        Assert.Null(predictions);
        Assert.Equal(
            "the scores of 5,000 images and 20,000 classes are 100,000,000 numbers; at most 33,554,432 are read: send labels only",
            Assert.Single(problems.Items).Message
        );
    }

    private static string WriteManifest(int classes)
    {
        var names = Enumerable.Range(0, classes).Select(k => $$"""{ "index": {{k}}, "name": "taxon {{k}}" }""");
        return $$"""
            {
              "slug": "taxa", "name": "Taxa", "summary": "Many.", "classes": [ {{string.Join(", ", names)}} ],
              "splits": [ { "name": "test1", "role": "shifted" } ]
            }
            """;
    }
}

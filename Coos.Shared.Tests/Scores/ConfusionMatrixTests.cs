using System.Text.Json;
using Coos.Shared.Scores;

namespace Coos.Shared.Tests.Scores;

public sealed class ConfusionMatrixTests
{
    /// <summary>On both sides of the number of cells from which on images are sorted instead of counted in a table.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    public void Counts_equal_those_of_a_table(int classes)
    {
        var (actual, predicted) = Draw(classes, 3000);

        var matrix = ConfusionMatrix.Count(actual, predicted, classes);

        int[][] table = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (var i = 0; i < actual.Length; i++)
        {
            table[actual[i]][predicted[i]]++;
        }

        Assert.Equal(table, matrix.ToRows());
        Assert.Equal(table.Select(row => row.Sum()), Enumerable.Range(0, classes).Select(matrix.ClassImages));
        Assert.Equal(table.Select((row, k) => row[k]), Enumerable.Range(0, classes).Select(matrix.ClassCorrect));
        Assert.Equal((actual.Length, table.Select((row, k) => row[k]).Sum()), (matrix.Images, matrix.Correct));
        Assert.Equal(table[1][2], matrix[1, 2]);
        Assert.Equal(table, ConfusionMatrix.FromCells(matrix.ToCells(), classes).ToRows());
        Assert.Equal(table, ConfusionMatrix.FromRows(table).ToRows());
    }

    [Theory]
    [InlineData(255, "confusion", "confusionCells")]
    [InlineData(256, "confusionCells", "confusion")]
    public void A_score_has_all_counts_of_few_classes_and_the_cells_of_many(int classes, string written, string omitted)
    {
        var (actual, predicted) = Draw(classes, 2000);
        var score = new SplitScore
        {
            Split = "test1",
            Classes = [.. Enumerable.Range(0, classes).Select(k => new ClassScore(k, $"c{k}", 1, 1, null))],
            Matrix = ConfusionMatrix.Count(actual, predicted, classes),
        };

        var json = JsonSerializer.SerializeToElement(score, CoosJson.Options);
        var read = json.Deserialize<SplitScore>(CoosJson.Options)!;

        Assert.Equal(JsonValueKind.Array, json.GetProperty(written).ValueKind);
        Assert.False(json.TryGetProperty(omitted, out _));
        Assert.Equal(score.Matrix.ToCells(), read.Matrix!.ToCells());
        Assert.Equal(classes, read.Matrix.ClassCount);
        Assert.Null((read with { Matrix = null }).Confusion);
        Assert.Null((read with { Matrix = null }).ConfusionCells);
    }

    private static (ushort[] Actual, ushort[] Predicted) Draw(int classes, int images)
    {
        var random = new Random(classes);
        var (actual, predicted) = (new ushort[images], new ushort[images]);
        for (var i = 0; i < images; i++)
        {
            actual[i] = (ushort)random.Next(classes);
            predicted[i] = random.Next(3) == 0 ? (ushort)random.Next(classes) : actual[i];
        }

        return (actual, predicted);
    }
}

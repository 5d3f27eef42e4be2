using Coos.Shared.Predictions;
using Coos.Web.Submissions;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Groups problems that differ only in a value.</summary>
public sealed class ProblemRowTests
{
    [Fact]
    public void Missing_images_are_one_row_with_the_first_ids()
    {
        var rows = ProblemRow.Of(Enumerable.Range(1, 43).Select(i => Missing($"{i:D5}")));

        var row = Assert.Single(rows);
        Assert.Equal("image 00001 has no line; every image of test1 needs one", row.Message);
        Assert.Equal("and 42 more: 00002, 00003, 00004, 00005, 00006, ...", row.Others);
        Assert.Equal("\u2013", row.Lines);
    }

    [Fact]
    public void A_few_problems_stay_apart()
    {
        var rows = ProblemRow.Of([Missing("a"), Missing("b"), Missing("c")]);

        Assert.Equal(3, rows.Count);
        Assert.All(rows, r => Assert.Null(r.Others));
    }

    [Fact]
    public void The_same_message_on_several_lines_is_one_row()
    {
        int[] lines = [2, 3, 4, 9];
        var row = Assert.Single(ProblemRow.Of(lines.Select(l => At(l, "x is not a class; a label is 0 to 2"))));

        Assert.Equal(("2\u20134, 9", "label", null), (row.Lines, row.Column, row.Others));
    }

    [Fact]
    public void Many_lines_and_values_are_cut_off()
    {
        var row = Assert.Single(
            ProblemRow.Of(Enumerable.Range(1, 8).Select(i => At(i * 10, $"image {i}, is there twice, line {i * 10 - 1}; keep one")))
        );

        Assert.Equal("10, 20, 30, 40, 50, ...", row.Lines);
        Assert.Equal("image 1, is there twice, line 9; keep one", row.Message);
        Assert.Equal("and 7 more: 2, 3, 4, 5, 6, ...", row.Others);
    }

    [Fact]
    public void Other_files_columns_and_sentences_are_other_rows()
    {
        var problems = Enumerable
            .Range(1, 4)
            .SelectMany(i =>
                new[]
                {
                    At(i, $"{i} is not a class; a label is 0 to 2"),
                    At(i, $"{i} is not a class; a label is 0 to 2") with
                    {
                        File = "test2",
                    },
                    At(i, $"{i} is a class, but the labels above are whole numbers"),
                    At(i, $"{i}") with
                    {
                        Column = "p0",
                    },
                }
            );

        var rows = ProblemRow.Of(problems);

        Assert.Equal(3 + 4, rows.Count);
        Assert.Equal(["test1", "test2", "test1"], rows.Where(r => r.Others is not null).Select(r => r.File));
    }

    private static Problem Missing(string id) =>
        new("test1", null, null, ProblemCode.MissingImage, $"image {id} has no line; every image of test1 needs one");

    private static Problem At(int line, string message) => new("test1", line, "label", ProblemCode.UnknownClass, message);
}

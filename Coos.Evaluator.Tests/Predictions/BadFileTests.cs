using System.Text;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Delimited;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>Each kind of problem is reported with its location, and nothing else is reported.</summary>
public sealed class BadFileTests
{
    private const string Head = "image_id,label\n";
    private const string Rows = "0,0\n1,1\n2,2\n3,0\n";
    private const string ProbabilityHead = "image_id,p0,p1,p2\n";
    private const string ProbabilityRows = "1,0,1,0\n2,0,0,1\n3,1,0,0\n";

    /// <summary>A file, one character per byte, and its problems as "line:column code", "-" for unknown.</summary>
    public static TheoryData<string, string[]> Files =>
        new()
        {
            { "", ["-:- empty-file"] },
            { "\u00EF\u00BB\u00BF", ["-:- empty-file"] },
            { "\n\r\n\n", ["-:- empty-file"] },
            { "\u00FF\u00FEi\0m\0a\0g\0e\0", ["1:- bad-encoding"] },
            { "\u00FE\u00FF\0i\0m\0a\0g\0e", ["1:- bad-encoding"] },
            { "image_id,label,\u00E9\n" + Rows, ["1:- bad-encoding"] },
            { Head + "0,\u00E9\n1,1\n2,2\n3,0\n", ["2:- bad-encoding"] },
            { Head + "0,0\n1,1\n\u00E9,2\n3,0\n", ["4:- bad-encoding", "-:image_id missing-image"] },
            { Rows, ["1:- missing-header"] },
            { "\n\nid;class\n0;0\n", ["3:- missing-header"] },
            { "image_id\n0\n", ["1:label missing-column"] },
            { "label\n0\n", ["1:image_id missing-column"] },
            { "id,label\n" + Rows, ["1:id unknown-column"] },
            { "score,label\n0,0\n", ["1:score unknown-column", "1:image_id missing-column"] },
            { "image_id,p0,p2\n0,0.5,0.5\n", ["1:p1 missing-column"] },
            { "image_id,label,colour\n0,0,x\n1,1,x\n2,2,x\n3,0,x\n", ["1:colour unknown-column"] },
            { "image_id,Label\n" + Rows, ["1:Label unknown-column"] },
            { " image_id,label\n" + Rows, ["1: image_id unknown-column"] },
            {
                "image_id,label,p0,p1,p2,p3\n0,0,1,0,0,0\n1,0,1,0,0,0\n2,0,1,0,0,0\n3,9,1,0,0,0\n",
                ["1:p3 unknown-column", "5:label unknown-class"]
            },
            { "image_id,label,\n0,0,\n1,1,\n2,2,\n3,0,\n", ["1: unknown-column"] },
            { "image_id,label,label\n0,0,1\n1,1,1\n2,2,1\n3,0,1\n", ["1:label duplicate-column"] },
            { "image_id,image_id,label\n0,9,1\n1,9,1\n2,9,1\n3,9,1\n", ["1:image_id duplicate-column"] },
            { Head + "0,0,0\n1,1\n2\n3,0\n", ["2:- wrong-field-count", "4:- wrong-field-count"] },
            { Head + "0,0\n1,\"1\n2,2\n3,0\n", ["3:- wrong-field-count"] },
            { Head + "0,0\n1,\"1\"1\n2,2\n3,0\n", ["3:- wrong-field-count"] },
            { Head + "0,0\n1,1\n2,2\n3,0\n\"\"\n", ["6:image_id unknown-image", "6:- wrong-field-count"] },
            { Head + Rows + "4,0\n", ["6:image_id unknown-image"] },
            { Head + Rows + "00,0\n,1\n 1,1\n", ["6:image_id unknown-image", "7:image_id unknown-image", "8:image_id unknown-image"] },
            { Head + "0,0\n2,2\n3,0\n", ["-:image_id missing-image"] },
            { Head, ["-:- empty-file"] },
            { Head + "\n,\n\r\n", ["-:- empty-file"] },
            { Head + Rows + "0,0\n", ["6:image_id duplicate-image"] },
            { Head + "\n" + Rows + "\r\n3,1\n3,2\n", ["8:image_id duplicate-image", "9:image_id duplicate-image"] },
            { Head + "0,3\n1,1\n2,2\n3,\n", ["2:label unknown-class", "5:label unknown-class"] },
            {
                Head + "0,Golgi \n1,01\n2,-1\n3,1.0\n",
                ["2:label unknown-class", "3:label unknown-class", "4:label unknown-class", "5:label unknown-class"]
            },
            {
                Head + "0,+1\n1,-0\n2,00\n3,99999999999\n",
                ["2:label unknown-class", "3:label unknown-class", "4:label unknown-class", "5:label unknown-class"]
            },
            { ProbabilityHead + "0,1.5,0,0\n" + ProbabilityRows, ["2:p0 bad-probability"] },
            { ProbabilityHead + "0,0.5,half,\n" + ProbabilityRows, ["2:p1 bad-probability", "2:p2 bad-probability"] },
            {
                ProbabilityHead + "0,-0.1,NaN,Infinity\n" + ProbabilityRows,
                ["2:p0 bad-probability", "2:p1 bad-probability", "2:p2 bad-probability"]
            },
            { ProbabilityHead + "0,0.5 ,0.25,0.25\n" + ProbabilityRows, ["2:p0 bad-probability"] },
            { ProbabilityHead + "0,0.5,0.3,0.0\n" + ProbabilityRows, ["2:- probability-sum"] },
            { ProbabilityHead + ProbabilityRows + "0,0.3333,0.3333,0.3283\n", ["5:- probability-sum"] },
            { Head + "0,0\n1,1\n", ["-:- wrong-split", "-:image_id missing-image", "-:image_id missing-image"] },
            {
                Head + "b,0\na,1\nc,2\n",
                [
                    "-:- wrong-split",
                    .. Enumerable.Range(2, 3).Select(line => $"{line}:image_id unknown-image"),
                    .. Enumerable.Repeat("-:image_id missing-image", 4),
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_problem_of_a_prediction_file_is_reported_with_its_location(string text, string[] expected)
    {
        var (predictions, problems) = Sample.Read(new MemoryStream(Encoding.Latin1.GetBytes(text)));

        Assert.Null(predictions);
        Assert.Equal(expected, problems.Items.Select(Locate));
        Assert.Equal(expected.Length, problems.Count);
        Assert.All(problems.Items, p => Assert.Equal("test2", p.File));
        Assert.All(problems.Items, p => Assert.True(p.Message.Length > 20, p.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(30)]
    public void A_file_longer_than_allowed_is_only_reported_as_too_large(int allowed)
    {
        var (predictions, problems) = Sample.Read(Head + Rows, Sample.Target() with { MaximumBytes = allowed });

        Assert.Null(predictions);
        var problem = Assert.Single(problems.Items);
        Assert.Equal("-:- too-large", Locate(problem));
        Assert.Contains($"{allowed} bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_as_long_as_allowed_is_read() =>
        Assert.NotNull(Sample.Read(Head + Rows, Sample.Target() with { MaximumBytes = Head.Length + Rows.Length }).Predictions);

    [Theory]
    [InlineData(DelimitedReader.MaximumLineLength + 1)]
    [InlineData(3 * DelimitedReader.MaximumLineLength)]
    public void A_line_that_is_too_long_is_reported_and_the_lines_after_it_are_read(int length)
    {
        var (_, problems) = Sample.Read($"{Head}0,0\n{new string('x', length)}\n1,1\n2,2\n3,9\n");

        Assert.Equal(["3:- too-large", "6:label unknown-class"], problems.Items.Select(Locate));
    }

    [Theory]
    [InlineData(DelimitedReader.MaximumLineLength + 1)]
    [InlineData(3 * DelimitedReader.MaximumLineLength)]
    public void A_last_line_that_is_too_long_is_reported_with_and_without_a_line_feed(int length)
    {
        var text = Head + Rows + new string('x', length);

        Assert.Equal(["6:- too-large"], Sample.Read(text).Problems.Items.Select(Locate));
        Assert.Equal(["6:- too-large"], Sample.Read(text + "\n").Problems.Items.Select(Locate));
    }

    [Fact]
    public void The_table_has_each_code_at_least_twice_except_those_with_their_own_test()
    {
        var counts = Files.SelectMany(row => row.Data.Item2).CountBy(problem => problem.Split(' ')[^1]).ToDictionary();

        var rare = Enum.GetValues<ProblemCode>().Select(ProblemCodeConverter.Text).Where(code => counts.GetValueOrDefault(code) < 2);

        Assert.Equal(["too-large"], rare);
    }

    [Fact]
    public void The_first_hundred_problems_are_kept_and_all_are_counted()
    {
        var lines = Enumerable.Range(0, 250).Select(i => $"{i},9\n").Concat(Enumerable.Range(0, 50).Select(i => $"x{i},0\n"));
        var target = Sample.Target() with { Images = Sample.Images([.. Enumerable.Range(0, 280).Select(i => $"{i}")]) };

        var (_, problems) = Sample.Read(Head + string.Concat(lines), target);

        Assert.Equal(ProblemList.MaximumItems, problems.Items.Count);
        Assert.Equal(250 + 50 + 30, problems.Count);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["unknown-image"] = 50,
                ["missing-image"] = 30,
                ["unknown-class"] = 250,
            },
            problems.CountsByCode()
        );
        Assert.Equal(Enumerable.Range(2, 100), problems.Items.Select(p => p.Line!.Value));
    }

    [Fact]
    public void A_wrong_split_is_reported_first_even_after_a_hundred_other_problems()
    {
        string[] ids = [.. Enumerable.Range(0, 300).Select(i => $"cell{i}")];
        var others = new Dictionary<string, Coos.Shared.Labels.ImageIndex> { ["test1"] = Sample.Images(ids) };
        var target = Sample.Target() with { OtherSplits = others };

        var (_, problems) = Sample.Read(Head + string.Concat(ids.Select(id => $"{id},0\n")), target);

        Assert.Equal(ProblemList.MaximumItems, problems.Items.Count);
        Assert.Equal("-:- wrong-split", Locate(problems.Items[0]));
        Assert.Contains("test1", problems.Items[0].Message, StringComparison.Ordinal);
        Assert.Equal(1 + 300 + 4, problems.Count);
    }

    [Fact]
    public void Text_quoted_in_a_message_is_short_and_printable()
    {
        var (_, problems) = Sample.Read($"{Head}0,\u001b[31m\u202e{new string('x', 500)}\n1,1\n2,2\n3,0\n");

        var message = Assert.Single(problems.Items).Message;
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
        Assert.True(message.Length < 200, message);
    }

    [Fact]
    public void A_problem_is_formatted_like_a_compiler_message()
    {
        Assert.Equal("test2:3:label: unknown-class: no", new Problem("test2", 3, "label", ProblemCode.UnknownClass, "no").ToString());
        Assert.Equal("test2: empty-file: no", new Problem("test2", null, null, ProblemCode.EmptyFile, "no").ToString());
    }

    private static string Locate(Problem problem) =>
        $"{problem.Line?.ToString() ?? "-"}:{problem.Column ?? "-"} {ProblemCodeConverter.Text(problem.Code)}";
}

using System.Text;
using Coos.Shared.Predictions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Every problem code with its complete problem document.</summary>
[Collection(ServerCollection.Name)]
public sealed class ProblemCodeTests(CoosFixture server)
{
    private const string Head = "image_id,label\n";
    private const string Rows = "a-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n";
    private const string ProbabilityRows = "a-1,1,0,0\na-2,0,1,0\na-3,0,1,0\na-4,0,0,1\na-5,0,0,1\n";

    /// <summary>A code, a file with this problem only (one character per byte), and the rest of the problem.</summary>
    public static TheoryData<string, string, string> Files =>
        new()
        {
            { "empty-file", "", "\"message\": \"the file is empty; its first line must be the header, such as image_id,label\"" },
            {
                "bad-encoding",
                Head + "a-0,\u00FF\u00FE\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n",
                "\"line\": 2, \"message\": \"the line holds bytes that are not UTF-8; save the file as UTF-8\""
            },
            {
                "missing-header",
                Rows,
                "\"line\": 1, \"message\": \"the first line is \\\"a-0\\\"... and has no known column name; add a header "
                    + "such as image_id,label above the data\""
            },
            {
                "missing-column",
                "image_id\na-0\n",
                "\"line\": 1, \"column\": \"label\", \"message\": \"the header has no column label; it holds the "
                    + "predicted class (or add p0 to p2)\""
            },
            {
                "unknown-column",
                "image_id,label,colour\na-0,0,x\na-1,0,x\na-2,1,x\na-3,1,x\na-4,2,x\na-5,2,x\n",
                "\"line\": 1, \"column\": \"colour\", \"message\": \"column 3 is named \\\"colour\\\"; remove it; allowed "
                    + "columns: image_id, label, p0 to p2 (or logits, z0 to z2)\""
            },
            {
                "duplicate-column",
                "image_id,label,label\na-0,0,0\na-1,0,0\na-2,1,1\na-3,1,1\na-4,2,2\na-5,2,2\n",
                "\"line\": 1, \"column\": \"label\", \"message\": \"columns 2 and 3 are both named label; keep one\""
            },
            {
                "wrong-field-count",
                Head + Rows.Replace("a-3,1", "a-3,1,1", StringComparison.Ordinal),
                "\"line\": 5, \"message\": \"the line has 3 fields, but the header has 2\""
            },
            {
                "unknown-image",
                Head + Rows + "a-6,0\n",
                "\"line\": 8, \"column\": \"image_id\", \"message\": \"image \\\"a-6\\\" is not in test1\""
            },
            {
                "missing-image",
                Head + Rows.Replace("a-3,1\n", "", StringComparison.Ordinal),
                "\"column\": \"image_id\", \"message\": \"image \\\"a-3\\\" has no line; every image of test1 (6) needs one\""
            },
            {
                "duplicate-image",
                Head + Rows + "a-0,1\n",
                "\"line\": 8, \"column\": \"image_id\", \"message\": \"image \\\"a-0\\\" already has a line, line 2; keep one of the two\""
            },
            {
                "unknown-class",
                Head + Rows.Replace("a-5,2", "a-5,9", StringComparison.Ordinal),
                "\"line\": 7, \"column\": \"label\", \"message\": \"\\\"9\\\" is not a class; a label is 0 to 2, or a "
                    + "class name such as R, without spaces around it\""
            },
            {
                "bad-probability",
                "image_id,p0,p1,p2\na-0,x,0,0\n" + ProbabilityRows,
                "\"line\": 2, \"column\": \"p0\", \"message\": \"\\\"x\\\" is not a probability; write a number from 0 to 1\""
            },
            {
                "probability-sum",
                "image_id,p0,p1,p2\na-0,0.5,0,0\n" + ProbabilityRows,
                "\"line\": 2, \"message\": \"the probabilities sum to 0.5; they must sum to 1 within 0.15\""
            },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_with_one_problem_is_rejected_with_code_place_and_advice(string code, string text, string rest)
    {
        var content = Encoding.Latin1.GetBytes(text);

        await server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(ProblemCodeTests)).File("test1", content),
            ExpectedProblem.File(code, $$"""{ "file": "test1", "code": "{{code}}", {{rest}} }""")
        );
    }

    [Fact]
    public Task A_file_of_another_split_is_recognised() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(ProblemCodeTests)).File("test1", "image_id,label\nb-0,0\nb-1,0\nb-2,0\nb-3,0\nb-4,0\nb-5,0\n"),
            ExpectedProblem.Files(
                "13 problems: unknown-image (6), missing-image (6), wrong-split (1).",
                """{ "unknown-image": 6, "missing-image": 6, "wrong-split": 1 }""",
                $$"""
                [ { "file": "test1", "code": "wrong-split",
                    "message": "the file predicts the 6 images of test2, not those of test1; send it as test2" },
                  {{string.Join(
                    ", ",
                    Enumerable.Range(0, 6).Select(i =>
                        $$"""{ "file": "test1", "line": {{i + 2}}, "column": "image_id", "code": "unknown-image", """
                        + $$""" "message": "image \"b-{{i}}\" is not in test1" }"""
                    )
                )}},
                  {{string.Join(
                    ", ",
                    Enumerable.Range(0, 6).Select(i =>
                        """{ "file": "test1", "column": "image_id", "code": "missing-image", """
                        + $$""" "message": "image \"a-{{i}}\" has no line; every image of test1 (6) needs one" }"""
                    )
                )}} ]
                """
            )
        );

    [Fact]
    public Task Problems_of_all_files_are_in_one_response() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(ProblemCodeTests)).File("test2", "").Test1(0, 0, 0, 0, 0, 7),
            ExpectedProblem.Files(
                "2 problems: empty-file (1), unknown-class (1).",
                """{ "empty-file": 1, "unknown-class": 1 }""",
                """[ { "file": "test1", "line": 7, "column": "label", "code": "unknown-class", "message": "\"7\" is not a class; """
                    + """a label is 0 to 2, or a class name such as R, without spaces around it" }, """
                    + """{ "file": "test2", "code": "empty-file", """
                    + """ "message": "the file is empty; its first line must be the header, such as image_id,label" } ]"""
            )
        );

    [Fact]
    public Task The_first_hundred_problems_are_listed_and_all_are_counted() =>
        server.AssertRejectedAsync(
            () =>
                UploadForm
                    .Tiny(nameof(ProblemCodeTests))
                    .File("test1", Head + Rows + string.Concat(Enumerable.Range(0, 1234).Select(i => $"x{i},0\n"))),
            ExpectedProblem.Files(
                "1,234 problems: unknown-image (1,234). The first 100 are listed.",
                """{ "unknown-image": 1234 }""",
                $"[ {string.Join(", ", Enumerable.Range(0, 100).Select(UnknownImage))} ]"
            )
        );

    [Fact]
    public void Every_code_has_a_test()
    {
        string[] testedElsewhere = ["wrong-split", "too-large"];

        Assert.Equal(
            Enum.GetValues<ProblemCode>().Select(ProblemCodeConverter.Text).Except(testedElsewhere),
            Files.Select(f => f.Data.Item1)
        );
    }

    private static string UnknownImage(int i) =>
        $$"""{ "file": "test1", "line": {{i + 8}}, "column": "image_id", "code": "unknown-image", """
        + $$""" "message": "image \"x{{i}}\" is not in test1" }""";
}

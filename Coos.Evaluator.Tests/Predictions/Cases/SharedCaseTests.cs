using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions.Cases;

/// <summary>
/// Every file of the table of public bug reports in the shared folder gets the right answer: it is accepted, or the problem says
/// what is wrong and what to do.
/// </summary>
public sealed class SharedCaseTests
{
    /// <summary>
    /// A file of the table, the part it is sent as, and what its answer must have: for an accepted file "ok" and parts of its
    /// warnings; otherwise parts of the first problem's text, with the number of problems in front if it is one.
    /// </summary>
    public static TheoryData<string, string, string[]> Cases => SharedCases.Answers;

    private const string WrongSplitFile = "csv-wrong-split-file.csv";

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gets_the_right_answer(string file, string part, string[] expected)
    {
        var path = SharedFolder.Require("cases", "inputs", file);
        var benchmark = file.Contains("yeast", StringComparison.Ordinal)
            ? SharedFolder.Require("data", "yeast5")
            : SharedFolder.Require("cases", "tiny");

        var answer = CaseAnswer.Of(BenchmarkFolder.Read(benchmark), new UploadedFile(part, file, () => File.OpenRead(path)));

        answer.AssertIs(expected);
    }

    /// <summary>The table lists this file as one of test2 that was refused. It has the images of test2, so it was another part.</summary>
    [Fact]
    public void A_file_of_another_split_is_recognised()
    {
        var path = SharedFolder.Require("cases", "inputs", WrongSplitFile);
        var folder = BenchmarkFolder.Read(SharedFolder.Require("cases", "tiny"));

        var answer = CaseAnswer.Of(folder, new UploadedFile("test1", WrongSplitFile, () => File.OpenRead(path)));

        answer.AssertIs(["wrong-split", "send it as test2"]);
    }

    [Fact]
    public void The_table_has_no_other_files()
    {
        var table = SharedFolder.Require("cases", "prediction-files.csv");

        var listed = File.ReadLines(table).Skip(1).Select(line => string.Join(' ', line.Split(',').Take(2)));

        Assert.Equal(listed, SharedCases.Answers.Select(row => $"{row.Data.Item1} {row.Data.Item2}"));
    }

    /// <summary>The status of an answer is that of the table, unless the table wants another.</summary>
    [Fact]
    public void What_the_table_wants_to_keep_is_kept()
    {
        var table = SharedFolder.Require("cases", "prediction-files.csv");
        var answers = SharedCases.Answers.ToDictionary(row => $"{row.Data.Item1} {row.Data.Item2}", row => row.Data.Item3[0] == "ok");
        foreach (var line in File.ReadLines(table).Where(line => line.EndsWith(",as now", StringComparison.Ordinal)))
        {
            var fields = line.Split(',');
            Assert.True(fields[0] == WrongSplitFile || answers[$"{fields[0]} {fields[1]}"] == (fields[2] == "200"), line);
        }
    }
}

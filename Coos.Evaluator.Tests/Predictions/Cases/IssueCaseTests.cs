using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions.Cases;

/// <summary>Kinds of files from public issues get the right answer.</summary>
public sealed class IssueCaseTests
{
    /// <summary>The sources of the cases.</summary>
    public static TheoryData<string> Sources => [.. IssueCases.All.Select(c => c.Source)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_file_gets_the_right_answer(string source)
    {
        var known = IssueCases.All.Single(c => c.Source == source);
        var content = known.Content();

        var answer = CaseAnswer.Of(
            CaseFiles.Benchmark,
            CaseFiles.Images,
            new UploadedFile(known.Part, "mine", () => new MemoryStream(content))
        );

        answer.AssertIs(known.Expected);
    }

    [Fact]
    public void There_are_a_hundred_cases_of_different_sources()
    {
        Assert.True(IssueCases.All.Length >= 100);
        Assert.Equal(IssueCases.All.Length, IssueCases.All.DistinctBy(c => c.Source).Count());
        Assert.All(IssueCases.All, c => Assert.Matches("^[^/]+/[^/]+/(issues|pull)/[0-9]+$", c.Source));
    }
}

using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>Scores on the sealed part are read in few places, each of which checks the viewer or that the benchmark is closed.</summary>
public sealed class SealedScoreTests
{
    private static readonly string[] Readers = ["CoosDbContext.cs", "FinalRankingReader.cs", "LeaderboardReader.cs", "SealedReports.cs"];

    private static readonly string[] Callers = ["LeaderboardReader.cs", "SealedReports.cs", "SubmissionReader.cs"];

    [Fact]
    public void Only_the_listed_files_read_scores_on_the_sealed_part() => Assert.Empty(FindFiles(".SealedScores").Except(Readers));

    [Fact]
    public void Only_the_listed_files_read_reports_on_the_sealed_part() => Assert.Empty(FindFiles("SealedReports.").Except(Callers));

    private static IEnumerable<string> FindFiles(string text) =>
        new[] { "Coos.Server", "Coos.Web" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Checkout.Folder, project), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file));
}

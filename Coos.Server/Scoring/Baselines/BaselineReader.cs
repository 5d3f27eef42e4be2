using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring.Baselines;

/// <summary>Reads a baseline's folder as a submission, with the same validation as any submission.</summary>
internal sealed class BaselineReader(SubmissionIntake intake)
{
    /// <summary>The submitter of baselines on leaderboards.</summary>
    public const string Submitter = "COOS";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="BenchmarkException">The folder is invalid, or its labels are not imported yet.</exception>
    public SubmissionDraft Read(BaselineFolder folder, Benchmark benchmark)
    {
        if (folder.Name.Length > StoredBaseline.NameLength)
        {
            throw new BenchmarkException(
                $"the folder's name has {folder.Name.Length} characters; at most {StoredBaseline.NameLength} are allowed"
            );
        }

        var run = BaselineRun.Read(folder.RunPath);
        var submitter = Submissions.Submitter.OfBaselines(Submitter);
        return intake
            .CheckFiles(FindFiles(folder, benchmark), benchmark, ReadFields(folder, run), submitter)
            .TryGet(out var draft, out var refusal)
            ? draft with
            {
                Kind = SubmissionKind.Baseline,
                Baseline = new StoredBaseline { Name = folder.Name, Run = JsonSerializer.Serialize(run, CoosJson.Options) },
            }
            : throw new BenchmarkException(DescribeRefusal(refusal));
    }

    private static UploadedFile[] FindFiles(BaselineFolder folder, Benchmark benchmark)
    {
        try
        {
            var files = folder.FindPredictions();
            var names = string.Join(", ", benchmark.TestSplits.Select(s => s.Name + ".csv.gz"));
            var wrong = files.FirstOrDefault(f => benchmark.TestSplits.All(s => s.Name != f.Split));
            return wrong.Path is not null
                    ? throw new BenchmarkException(
                        $"{Path.GetFileName(wrong.Path)} does not name a test split; the allowed names are {names}"
                    )
                : files.Count == 0 ? throw new BenchmarkException($"there is no prediction file; the allowed names are {names}")
                : [.. files.Select(f => new UploadedFile(f.Split, Path.GetFileName(f.Path), () => File.OpenRead(f.Path)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"the folder cannot be read: {e.Message}", e);
        }
    }

    private static SubmissionFields ReadFields(BaselineFolder folder, BaselineRun run) =>
        new()
        {
            Method = ReadText(run.Method, "method", Submission.MethodLength) ?? folder.Name,
            Submitter = Submitter,
            Description = ReadText(run.Description, "description", Submission.DescriptionLength),
            ExternalData = null,
            Run = run.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    private static string? ReadText(string? text, string member, int maximum) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length > maximum || text.Any(char.IsControl)
            ? throw new BenchmarkException($"{BaselineRun.FileName}: {member} has more than {maximum:N0} characters, or control characters")
        : text.Trim();

    /// <summary>
    /// The reason for a refusal, worded for the maintainer of the folder: the first problem and the number of further ones.
    /// </summary>
    private static string DescribeRefusal(Refusal refusal) =>
        refusal.Problems is { Count: > 0 } problems
            ? $"{problems.Items[0]}{(problems.Count > 1 ? $" (and {problems.Count - 1:N0} more)" : "")}"
            : refusal.Detail.Replace("Nothing was stored. ", "", StringComparison.Ordinal);
}
